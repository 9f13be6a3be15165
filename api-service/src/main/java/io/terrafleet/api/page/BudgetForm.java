package io.terrafleet.api.page;

import io.terrafleet.api.budget.Approvers;
import io.terrafleet.api.budget.BudgetSettings;
import io.terrafleet.api.budget.Scope;
import io.terrafleet.api.budget.SetBudget;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Budget;
import java.math.BigDecimal;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** A budget as it is typed. */
public class BudgetForm {
    private static final int LONGEST = 2_000;

    @RestForm("name")
    public @Nullable String typedName;

    @RestForm("scope")
    public @Nullable String typedScope;

    @RestForm("monthly")
    public @Nullable String typedMonthly;

    @RestForm("increase")
    public @Nullable String typedIncrease;

    @RestForm("percent")
    public @Nullable String typedPercent;

    @RestForm("action")
    public @Nullable String typedAction;

    @RestForm("without")
    public @Nullable String typedWithout;

    @RestForm("approvers")
    public @Nullable String typedApprovers;

    private String id = "";

    static BudgetForm of(SetBudget set, String approvers) {
        Budget budget = set.budget();
        BudgetForm form = new BudgetForm();
        form.edits(set);
        form.typedName = budget.name();
        form.typedMonthly =
                budget.maximumMonthly().map(BigDecimal::toPlainString).orElse("");
        form.typedIncrease =
                budget.maximumIncrease().map(BigDecimal::toPlainString).orElse("");
        form.typedPercent =
                budget.maximumPercent().map(BigDecimal::toPlainString).orElse("");
        form.typedAction = budget.action().word();
        form.typedWithout = budget.withoutEstimate().orElse(Budget.Action.WARN).word();
        form.typedApprovers = approvers;
        return form;
    }

    /** Where a budget is set cannot change. */
    void edits(SetBudget set) {
        id = set.id();
        typedScope = switch (set.scope()) {
            case Scope.OfOrganization _ -> "";
            case Scope.OfProject(String project) -> project;
            case Scope.OfWorkspace(String workspace) -> workspace;
        };
    }

    BudgetSettings settings(Approvers who) {
        return new BudgetSettings(
                getName().strip(),
                number("maximum-monthly", typedMonthly),
                number("maximum-increase", typedIncrease),
                number("maximum-percent", typedPercent),
                word("action", typedAction),
                word("without-estimate", typedWithout),
                who);
    }

    private static Optional<BigDecimal> number(String attribute, @Nullable String text) {
        String typed = text == null ? "" : text.strip().replace(",", "");
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        if (!typed.matches("[0-9]{1,12}(\\.[0-9]{1,2})?")) {
            throw Problem.invalid(attribute, "An amount must be a number, for example 1200 or 1200.50");
        }
        return Optional.of(new BigDecimal(typed));
    }

    private static Budget.Action word(String attribute, @Nullable String text) {
        try {
            return Budget.Action.of(text == null || text.isEmpty() ? Budget.Action.WARN.word() : text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(attribute, "The value must be \"warn\", \"approval\" or \"block\"");
        }
    }

    private static String bounded(@Nullable String text) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), LONGEST));
    }

    String on() {
        return getScope().strip();
    }

    String approvers() {
        return getApprovers();
    }

    public String getId() {
        return id;
    }

    public boolean isNew() {
        return id.isEmpty();
    }

    public String getName() {
        return bounded(typedName);
    }

    /** The name of a project, {@code project/workspace}, or empty for the organization. */
    public String getScope() {
        return bounded(typedScope);
    }

    public String getMonthly() {
        return bounded(typedMonthly);
    }

    public String getIncrease() {
        return bounded(typedIncrease);
    }

    public String getPercent() {
        return bounded(typedPercent);
    }

    public String getAction() {
        return typedAction == null ? Budget.Action.WARN.word() : bounded(typedAction);
    }

    public String getWithout() {
        return typedWithout == null ? Budget.Action.WARN.word() : bounded(typedWithout);
    }

    public String getApprovers() {
        return bounded(typedApprovers);
    }
}

package io.terrafleet.api.trial;

import java.util.List;

/** What a trial found, in words and as a table in Markdown. What a policy says of a plan is not repeated: it may quote the plan. */
final class TrialText {
    private static final int MOST_SETS = 5;
    private static final int MOST_NAMES = 5;

    private TrialText() {}

    /** In a sentence, as a status has it. */
    static String sum(List<TrialPlanEntity> plans) {
        if (plans.isEmpty()) {
            return "This set has judged no plan yet";
        }
        long judged = plans.stream().filter(plan -> plan.verdict != null).count();
        long newly = plans.stream()
                .filter(plan -> plan.before.equals("passed") && plan.verdict != null && !plan.verdict.equals("approve"))
                .count();
        long freed = plans.stream()
                .filter(plan -> plan.before.equals("failed") && "approve".equals(plan.verdict))
                .count();
        String missing = judged < plans.size() ? ", " + (plans.size() - judged) + " not answered" : "";
        return "Of the last " + plans.size() + (plans.size() == 1 ? " plan, " : " plans, ") + newly
                + " would be blocked that passed, " + freed + " would pass that did not" + missing;
    }

    static String of(String commit, List<Trials.Trial> trials) {
        StringBuilder text = new StringBuilder("### Terrafleet: policies of ")
                .append(commit, 0, Math.min(8, commit.length()))
                .append("\n");
        trials.stream().limit(MOST_SETS).forEach(trial -> one(text, trial));
        if (trials.size() > MOST_SETS) {
            text.append("\nand ").append(trials.size() - MOST_SETS).append(" more policy sets.\n");
        }
        return text.toString();
    }

    private static void one(StringBuilder text, Trials.Trial trial) {
        text.append("\n**").append(inline(trial.policySet())).append("**: ");
        switch (trial.state()) {
            case "failed" ->
                text.append("not tried: ").append(inline(trial.note())).append("\n");
            case "done" -> text.append(inline(trial.note())).append("\n");
            default -> text.append("asking what it would have decided.\n");
        }
        if (trial.state().equals("done") && !trial.plans().isEmpty()) {
            text.append("\n| workspace | then | with this change | policies that do not pass |\n|---|---|---|---|\n");
            trial.plans().forEach(plan -> text.append("| [")
                    .append(inline(plan.workspace()))
                    .append("](")
                    .append(plan.runUrl())
                    .append(") | ")
                    .append(plan.before())
                    .append(" | ")
                    .append(plan.verdict().map(TrialText::word).orElse("not answered"))
                    .append(" | ")
                    .append(names(plan.failed()))
                    .append(" |\n"));
        }
    }

    private static String word(String verdict) {
        return switch (verdict) {
            case "approve" -> "passes";
            case "block-overridable" -> "blocked, may be overridden";
            default -> "blocked";
        };
    }

    private static String names(List<String> failed) {
        String first = String.join(
                ", ", failed.stream().limit(MOST_NAMES).map(TrialText::inline).toList());
        return failed.size() > MOST_NAMES ? first + " and " + (failed.size() - MOST_NAMES) + " more" : first;
    }

    /** Without what Markdown, HTML or a table would make something of. */
    private static String inline(String text) {
        String cut = text.length() > 200 ? text.substring(0, 199) + "…" : text;
        return cut.replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_\\[\\]<>#!~|])", "\\\\$1")
                .replace("@", "@\u200b");
    }
}

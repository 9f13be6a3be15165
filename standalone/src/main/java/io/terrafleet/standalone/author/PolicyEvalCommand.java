package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.PlanReader;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a plan as the platform would. */
@Command(
        name = "eval",
        description = {
            "Judges a plan (terraform show -json) by policies, as the platform would.",
            "Of a directory every package is asked that has a rule deny, violation or warn; warn is advisory.",
            "Exit code: 0 passed, 1 failed, 2 could not be judged, 3 undecided (known only after apply)."
        })
final class PolicyEvalCommand implements Callable<Integer> {
    private static final Set<String> ASKED = Set.of("deny", "violation", "warn");

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--policies", paramLabel = "DIR", description = "A directory or file of policies; may be repeated.")
    List<Path> policies = new ArrayList<>();

    @Option(names = "--library", description = "The rules that come with Terrafleet: the four standards.")
    boolean library;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Only this rule of the library, an optional one included; may be repeated.")
    List<String> rules = new ArrayList<>();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description =
                    "Parameters (data.params): an object by name, or one parameter in a file of its name; may be repeated.")
    List<String> parameters = new ArrayList<>();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PLAN",
            description = "The plan, gzip allowed; - for standard input.")
    String input = "";

    @Option(names = "--whole-state", description = "Also judge what the plan leaves alone.")
    boolean wholeState;

    @Option(names = "--v0", description = "The policies are of Rego's version 0.")
    boolean versionZero;

    @Option(names = "--json", description = "Rule, address, verdict and message of everything judged, as JSON.")
    boolean json;

    @Override
    public Integer call() {
        if (policies.isEmpty() && !library && rules.isEmpty()) {
            throw new ToolFailure("nothing to judge by: give --library, --rule NAME or --policies DIR");
        }
        Subject subject = subject();
        Verdicts verdicts = new Verdicts(subject, wholeState);
        var values = PolicyParameters.read(parameters);
        if (wholeState) {
            values.put("whole_state", com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
        }
        if (library || !rules.isEmpty()) {
            Library shipped = new Library();
            PolicySetRef set = new PolicySetRef(
                    "library",
                    "library",
                    true,
                    Optional.empty(),
                    libraryRules(values.get(Library.OPTIONAL_RULES)),
                    values);
            verdicts.addLibrary(judged(subject, set, shipped.policies()), shipped.policies());
        }
        if (!policies.isEmpty()) {
            Sources sources = Sources.read(policies, false, versionZero ? Language.V0 : Language.V1);
            CompiledPolicies compiled = RegoCompiler.compile(sources.modules());
            PolicySetRef set =
                    new PolicySetRef("policies", "policies", true, Optional.empty(), asked(compiled), values);
            verdicts.add(judged(subject, set, compiled));
        }
        verdicts.tell(Output.of(spec), json);
        return verdicts.exitCode();
    }

    private Subject subject() {
        try {
            return Subject.of(PlanReader.read(Documents.bytes(input)), SampleRun.RUN);
        } catch (PlanUnreadable e) {
            throw new ToolFailure(input + ": " + e.getMessage(), e);
        }
    }

    private static SetOutcome judged(Subject subject, PolicySetRef set, CompiledPolicies compiled) {
        SetOutcome outcome = Evaluation.judge(subject, set, compiled, Limits.DEFAULT, Integer.MAX_VALUE);
        if (outcome.error().isPresent()) {
            throw new ToolFailure(outcome.error().get());
        }
        return outcome;
    }

    private List<PolicyRef> libraryRules(@Nullable JsonNode turnedOn) {
        List<String> names = new ArrayList<>(library ? Library.RULES : List.of());
        for (String rule : rules) {
            if (!Library.isRule(rule)) {
                throw new ToolFailure(
                        "the library has no rule \"" + rule + "\"; it has " + String.join(", ", Library.all()));
            }
            if (!names.contains(rule)) {
                names.add(rule);
            }
        }
        List<PolicyRef> asked = new ArrayList<>(names.stream()
                .map(rule -> new PolicyRef(rule, Library.query(rule), Enforcement.MANDATORY, Optional.empty()))
                .toList());
        try {
            if (turnedOn != null) {
                Library.turnedOn(turnedOn).stream()
                        .filter(rule -> !names.contains(rule.name()))
                        .forEach(asked::add);
            }
        } catch (IllegalArgumentException e) {
            throw new ToolFailure(String.valueOf(e.getMessage()), e);
        }
        return asked;
    }

    private static List<PolicyRef> asked(CompiledPolicies compiled) {
        List<PolicyRef> asked = new ArrayList<>();
        for (String rule : compiled.rules()) {
            String name = rule.substring(rule.lastIndexOf('.') + 1);
            if (ASKED.contains(name)) {
                Enforcement level = name.equals("warn") ? Enforcement.ADVISORY : Enforcement.MANDATORY;
                asked.add(new PolicyRef(rule.substring("data.".length()), rule, level, Optional.empty()));
            }
        }
        if (asked.isEmpty()) {
            throw new ToolFailure("the policies have no rule named deny, violation or warn");
        }
        return asked;
    }

    /** The resources of a plan, by type. */
    static Value byType(Subject subject, String type) {
        Value types = subject.index().get(Value.of("by_type"));
        Value list = types == null ? null : types.get(Value.of(type));
        return list == null ? io.terrafleet.rego.value.ArrayValue.EMPTY : list;
    }
}

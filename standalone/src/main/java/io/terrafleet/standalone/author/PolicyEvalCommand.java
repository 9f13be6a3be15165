package io.terrafleet.standalone.author;

import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.policy.evaluation.PlanReader;
import io.terrafleet.policy.evaluation.Subject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PolicyChoice choice = new PolicyChoice();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PLAN",
            description = "The plan, gzip allowed; - for standard input.")
    String input = "";

    @Option(names = "--json", description = "Rule, address, verdict and message of everything judged, as JSON.")
    boolean json;

    @Override
    public Integer call() {
        Verdicts verdicts = choice.judge().apply(subject(input, Documents.bytes(input)));
        verdicts.tell(Output.of(spec), json);
        return verdicts.exitCode();
    }

    static Subject subject(String name, byte[] plan) {
        try {
            return Subject.of(PlanReader.read(plan), SampleRun.RUN);
        } catch (PlanUnreadable e) {
            throw new ToolFailure(name + ": " + e.getMessage(), e);
        }
    }
}

package io.terrafleet.policy.evaluation;

import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.event.RunDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.jmh.Plans;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.evaluation.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One rule of the library over a plan that is read already. */
@State(Scope.Benchmark)
public class RuleBenchmark {
    private static final String RULE = "sg_ingress_cidr";
    private static final RunDocument RUN = new RunDocument(
            "run-0000000000000000",
            Instant.EPOCH,
            "",
            "",
            false,
            true,
            false,
            List.of(),
            List.of(),
            true,
            new RunDocument.Project("prj-0000000000000000", "default"),
            Map.of(),
            "",
            new RunDocument.Workspace("ws-0000000000000000", "", Instant.EPOCH, "", "local", false, List.of(), ""));

    @Param({"100", "3360"})
    public int resources;

    private final Library library = new Library();
    private final PolicySetRef set = new PolicySetRef(
            "library",
            "library",
            true,
            Optional.empty(),
            List.of(new PolicyRef(RULE, Library.query(RULE), Enforcement.MANDATORY, Optional.empty())),
            Map.of());
    private @Nullable Subject subject;

    @Setup
    public void prepare() throws PlanUnreadable {
        subject = Subject.of(PlanReader.read(Plans.of(resources)), RUN);
        SetOutcome outcome = judge();
        if (outcome.outcomes().getFirst().status().equals("errored")) {
            throw new IllegalStateException(RULE + ": " + outcome);
        }
    }

    @Benchmark
    public SetOutcome judge() {
        return Evaluation.judge(Objects.requireNonNull(subject), set, library.policies(), Limits.DEFAULT);
    }
}

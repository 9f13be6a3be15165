package io.terrafleet.policy.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.policy.artifact.ArtifactRefused;
import io.terrafleet.policy.artifact.Artifacts;
import io.terrafleet.policy.engine.OpaServers;
import io.terrafleet.policy.evaluation.Cost;
import io.terrafleet.policy.evaluation.Engine;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.PlanReader;
import io.terrafleet.policy.evaluation.RegoEngine;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.policyset.PolicySetUnusable;
import io.terrafleet.policy.policyset.PolicySets;
import io.terrafleet.policy.policyset.PolicySets.Unsealed;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Asks the policy sets of a plan. Those that look at what it costs are asked once that is known, the others at once. */
public final class Judge {
    /** A workspace may be bound by this many sets; more are not judged but blocked. */
    private static final int MOST_SETS = 200;

    /** Name of the parameter that is sent to an OPA server as its bearer token, and not among the parameters. */
    private static final String ENGINE_TOKEN = "engine_token";

    private final Artifacts artifacts;
    private final PolicySets sets;
    private final OpaServers servers;
    private final Limits limits;
    private final long mostPlanBytes;

    /** @param mostPlanBytes larger plans are blocked unread; see {@link PlanDocument#mostFor} */
    public Judge(Artifacts artifacts, PolicySets sets, OpaServers servers, Limits limits, long mostPlanBytes) {
        this.artifacts = artifacts;
        this.sets = sets;
        this.servers = servers;
        this.limits = limits;
        this.mostPlanBytes = mostPlanBytes;
    }

    /**
     * As far as the sets have been asked.
     *
     * @param waiting ids of the sets that look at the cost, while it is not known
     * @param refusal why the plan cannot be judged at all
     */
    record Judgement(List<SetOutcome> outcomes, Set<String> waiting, Optional<String> refusal) {
        static Judgement refused(String why) {
            return new Judgement(List.of(), Set.of(), Optional.of(why));
        }
    }

    /** @throws io.terrafleet.messaging.TryLater while the api is away */
    Judgement atOnce(PlanCompleted plan) {
        if (plan.policySets().isEmpty()) {
            return new Judgement(List.of(), Set.of(), Optional.empty());
        }
        if (plan.policySets().size() > MOST_SETS) {
            return Judgement.refused("the workspace has " + plan.policySets().size() + " policy sets; at most "
                    + MOST_SETS + " are judged");
        }
        Set<String> waiting = new LinkedHashSet<>();
        plan.policySets().stream().filter(this::waits).map(PolicySetRef::id).forEach(waiting::add);
        Judgement judged = judged(plan, Cost.unknown("the plan is not priced yet"), Map.of(), waiting);
        return judged.refusal().isPresent()
                ? judged
                : new Judgement(judged.outcomes(), Set.copyOf(waiting), Optional.empty());
    }

    /**
     * Asks those that have waited.
     *
     * @throws io.terrafleet.messaging.TryLater while the api is away
     */
    Judgement priced(PlanCompleted plan, Judgement first, Cost cost) {
        return judged(plan, cost, known(first), Set.of());
    }

    /** Those that have waited cannot be judged. */
    static Judgement unpriced(PlanCompleted plan, Judgement first, String why) {
        Map<String, SetOutcome> known = known(first);
        List<SetOutcome> outcomes = plan.policySets().stream()
                .map(set -> Objects.requireNonNullElseGet(known.get(set.id()), () -> Evaluation.unusable(set, why)))
                .toList();
        return new Judgement(outcomes, Set.of(), Optional.empty());
    }

    private static Map<String, SetOutcome> known(Judgement first) {
        Map<String, SetOutcome> known = new HashMap<>();
        first.outcomes().forEach(outcome -> known.put(outcome.policySetId(), outcome));
        return known;
    }

    private Judgement judged(PlanCompleted plan, Cost cost, Map<String, SetOutcome> known, Set<String> waiting) {
        if (plan.plan().size() > mostPlanBytes) {
            return Judgement.refused("the plan cannot be judged: it is "
                    + plan.plan().size() + " bytes long, and at most " + mostPlanBytes
                    + " are read here; the policy-service needs more memory (-Xmx) for larger ones");
        }
        try {
            byte[] json = artifacts.fetch("the plan", plan.plan(), mostPlanBytes);
            Subject subject = Subject.of(PlanReader.read(json), plan.document(), cost);
            List<SetOutcome> outcomes = new ArrayList<>();
            for (PolicySetRef set : plan.policySets()) {
                SetOutcome before = known.get(set.id());
                if (before != null) {
                    outcomes.add(before);
                } else if (!waiting.contains(set.id())) {
                    outcomes.add(judged(subject, set, plan.completedAt()));
                }
            }
            return new Judgement(outcomes, Set.of(), Optional.empty());
        } catch (ArtifactRefused | PlanUnreadable e) {
            return Judgement.refused("the plan cannot be judged: " + e.getMessage());
        } catch (StackOverflowError e) {
            return Judgement.refused("the plan cannot be judged: it nests too deeply");
        } catch (OutOfMemoryError e) {
            return Judgement.refused(
                    "the plan cannot be judged: the policy-service has too little memory for it (-Xmx)");
        }
    }

    /** What an OPA server's policies read it does not say, so they are asked with everything there is to know, unless their set says otherwise. */
    private boolean waits(PolicySetRef set) {
        if (set.agreed().engine().isPresent()) {
            return set.agreed().engineMayReadCost();
        }
        try {
            return RegoEngine.readCost(sets.compiled(set));
        } catch (PolicySetUnusable e) {
            return false;
        }
    }

    private SetOutcome judged(Subject subject, PolicySetRef set, Instant now) {
        try {
            Unsealed unsealed = sets.unsealed(set);
            SetOutcome outcome = set.agreed().engine().isPresent()
                    ? byServer(subject, unsealed.set())
                    : byOurselves(subject, unsealed.set(), now);
            return Redacted.of(outcome, unsealed.secrets().values());
        } catch (PolicySetUnusable e) {
            return Evaluation.unusable(set, Objects.requireNonNullElse(e.getMessage(), "it is unusable"));
        }
    }

    private SetOutcome byOurselves(Subject subject, PolicySetRef set, Instant now) throws PolicySetUnusable {
        CompiledPolicies compiled = sets.compiled(set);
        PolicySetRef asked = PolicySets.asked(set, compiled);
        Settings settings = Settings.DEFAULT
                .withLimits(limits)
                .withNow(now)
                .withAllowed(Set.copyOf(set.agreed().functions()))
                .withReachable(servers::reachable);
        Engine engine = new RegoEngine(subject, asked, compiled, settings, PolicySets.byConvention(set));
        return Evaluation.judge(subject, asked, engine, PolicyDecision.MOST_VIOLATIONS);
    }

    private SetOutcome byServer(Subject subject, PolicySetRef set) throws PolicySetUnusable {
        if (set.policies().isEmpty()) {
            throw new PolicySetUnusable("it names an OPA server but no policy to ask it for");
        }
        Map<String, JsonNode> told = new HashMap<>(set.parameters());
        Optional<String> token = Optional.ofNullable(told.remove(ENGINE_TOKEN)).map(JsonNode::asText);
        PolicySetRef open =
                new PolicySetRef(set.id(), set.name(), false, Optional.empty(), set.policies(), told, set.terms());
        Engine engine = servers.at(
                set.agreed().engine().orElseThrow(),
                subject.inputFor(open),
                token,
                set.agreed().engineMayReadCost());
        return Evaluation.judge(subject, open, engine, PolicyDecision.MOST_VIOLATIONS);
    }
}

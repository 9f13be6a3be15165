package io.terrafleet.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** How the policy-service works. */
@ConfigMapping(prefix = "terrafleet.policy")
public interface PolicyConfig {
    /** Base URL of the api-service, from which plans and bundles are fetched. */
    @WithDefault("http://localhost:8081")
    URI apiUrl();

    /** How long one download may take; then it is tried again. */
    @WithDefault("60s")
    Duration downloadPatience();

    /** Largest plan that is judged, in bytes of its JSON, but never more than a sixteenth of the heap; a larger one is blocked with this reason. */
    @WithDefault("268435456")
    long mostPlanBytes();

    /** Number of compiled policy sets that are kept, by content. */
    @WithDefault("64")
    int compiledSetsKept();

    /** How long the price of a plan is waited for where a policy set reads it; after that the set cannot be judged. */
    @WithDefault("15m")
    Duration costPatience();

    /** How long an OPA server that a policy set names may take for one policy; after that the policy is errored. */
    @WithDefault("20s")
    Duration engineAnswersWithin();

    /** Whether OPA servers and http.send may lead to private networks, this machine and cloud metadata services. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** What one policy may cost. */
    Evaluation evaluation();

    /** Bounds of the evaluation of one policy on one plan; a policy beyond them is errored, which fails closed. */
    interface Evaluation {
        /** Wall-clock time. */
        @WithDefault("20s")
        Duration time();

        /** Steps, about the literals tried. */
        @WithDefault("200000000")
        long steps();

        /** How deep rules and functions may call each other. */
        @WithDefault("500")
        int depth();
    }
}

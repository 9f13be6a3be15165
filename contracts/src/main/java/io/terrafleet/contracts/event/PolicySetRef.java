package io.terrafleet.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.ArtifactRef;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy set at the version to judge by.
 *
 * @param bundle a tar.gz of {@code .rego} files; absent for {@code library} sets, whose text the policy-service ships
 * @param library whether the rules are those of the built-in library
 * @param policies what to ask of the set, at most 200; empty for a bundle that says it by itself: its rules {@code deny}, {@code
 *     violation} and {@code warn}
 * @param parameters by name; policies see them as {@code data.params.NAME}. Never secret.
 * @param terms absent where they are {@link Terms#USUAL}
 */
public record PolicySetRef(
        String id,
        String name,
        boolean library,
        Optional<ArtifactRef> bundle,
        List<PolicyRef> policies,
        Map<String, JsonNode> parameters,
        Optional<Terms> terms) {

    /** A set under the usual terms. */
    public PolicySetRef(
            String id,
            String name,
            boolean library,
            Optional<ArtifactRef> bundle,
            List<PolicyRef> policies,
            Map<String, JsonNode> parameters) {
        this(id, name, library, bundle, policies, parameters, Optional.empty());
    }

    /** What it is judged under. */
    public Terms agreed() {
        return terms.orElse(Terms.USUAL);
    }

    /** The same set, asked for these policies. */
    public PolicySetRef asking(List<PolicyRef> others) {
        return new PolicySetRef(id, name, library, bundle, others, parameters, terms);
    }

    /**
     * @param name unique in its set; of a library set the rule's name, for example {@code encryption_at_rest}
     * @param query a reference whose value must be an array or set, empty when the plan passes, for example {@code data.acme.deny}
     */
    public record PolicyRef(String name, String query, Enforcement enforcement, Optional<String> description) {}

    /**
     * How a set judges, and what an override of it takes. A decision repeats it, so that it stands beside the outcome.
     *
     * @param version id of the set's version, when its policies come as versions
     * @param commit the git commit that version was taken from, 40 hexadecimal digits
     * @param overridable whether what the bundle itself calls {@code deny} or {@code violation} can be overridden
     * @param undecidedBlocks whether what is known only after the apply blocks the plan
     * @param legacy whether its outcome is told as a policy check rather than in the task stage
     * @param requiredApprovals how many people must override it, at least 1
     * @param authorMayOverride whether the run's author may be one of them
     * @param engine an OPA server that is asked instead of the policy-service's own engine; then there is no bundle
     * @param functions built-in functions that reach outside and that its policies may call, for example {@code http.send}
     * @param secrets a JSON object of further parameters, for the judge's eyes only
     * @param engineReadsCost whether that server's policies look at the cost; absent: they may. Our own engine sees for itself.
     */
    public record Terms(
            Optional<String> version,
            Optional<String> commit,
            boolean overridable,
            boolean undecidedBlocks,
            boolean legacy,
            int requiredApprovals,
            boolean authorMayOverride,
            Optional<URI> engine,
            List<String> functions,
            Optional<ArtifactRef> secrets,
            Optional<Boolean> engineReadsCost) {
        public static final Terms USUAL = new Terms(
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                false,
                1,
                true,
                Optional.empty(),
                List.of(),
                Optional.empty());

        /** Terms that leave open what an OPA server reads. */
        public Terms(
                Optional<String> version,
                Optional<String> commit,
                boolean overridable,
                boolean undecidedBlocks,
                boolean legacy,
                int requiredApprovals,
                boolean authorMayOverride,
                Optional<URI> engine,
                List<String> functions,
                Optional<ArtifactRef> secrets) {
            this(
                    version,
                    commit,
                    overridable,
                    undecidedBlocks,
                    legacy,
                    requiredApprovals,
                    authorMayOverride,
                    engine,
                    functions,
                    secrets,
                    Optional.empty());
        }

        /** Whether an OPA server of the set waits for the cost, and says nothing that counts while it is not known. */
        public boolean engineMayReadCost() {
            return engineReadsCost.orElse(true);
        }
    }
}

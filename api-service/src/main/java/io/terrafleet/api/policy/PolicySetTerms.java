package io.terrafleet.api.policy;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a set judges, and what an override of it takes.
 *
 * @param undecidedBlocks whether what is known only after the apply blocks the plan
 * @param legacy whether its outcome is a policy check of the run rather than in its task stage; {@code agent-enabled} is the opposite
 * @param requiredApprovals how many people must override it, 1 to 10
 * @param authorMayOverride whether the run's author may be one of them
 * @param engine an OPA server that is asked in the place of the platform's own engine
 * @param functions built-in functions that reach outside and that its policies may call
 * @param engineReadsCost whether the OPA server's policies look at the cost, so that they are asked once it is known
 */
public record PolicySetTerms(
        boolean undecidedBlocks,
        boolean legacy,
        int requiredApprovals,
        boolean authorMayOverride,
        Optional<URI> engine,
        List<String> functions,
        boolean engineReadsCost) {
    public PolicySetTerms {
        functions = List.copyOf(functions);
    }
}

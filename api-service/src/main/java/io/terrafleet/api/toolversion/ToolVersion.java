package io.terrafleet.api.toolversion;

import io.terrafleet.contracts.event.ToolBuild;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of terraform or OpenTofu that an administrator lists.
 *
 * @param id {@code tool-} and 16 letters or digits
 * @param engine {@code terraform} or {@code tofu}
 * @param version exact
 * @param builds where workers get it; none for what they find by themselves
 * @param enabled whether runs may use it
 * @param beta whether only organizations with access to beta tools may use it
 * @param usage workspaces that ask for exactly this version
 */
public record ToolVersion(
        String id,
        String engine,
        String version,
        List<ToolBuild> builds,
        boolean enabled,
        boolean beta,
        boolean deprecated,
        Optional<String> deprecatedReason,
        long usage,
        Instant createdAt) {
    /** What {@code url} and {@code sha} of the resource say. */
    public Optional<ToolBuild> usualBuild() {
        return Builds.usual(builds);
    }
}

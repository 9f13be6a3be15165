package io.terrafleet.api.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Policies that are asked together.
 *
 * @param id {@code polset-} and 16 letters or digits
 * @param global whether it applies to every workspace of the organization
 * @param overridable whether somebody may override its mandatory policies
 * @param library whether its policies are built-in rules
 * @param policyIds sorted
 * @param currentVersionId of a set whose policies come as an archive: the one it is judged by
 * @param newestVersionId of such a set: the one that was begun last
 * @param source the repository that its versions are taken from
 * @param targets ids of workspaces or projects, sorted
 * @param selectors when there are any, they alone say where it applies; by key
 */
public record PolicySet(
        String id,
        String organizationId,
        String name,
        String description,
        boolean global,
        boolean overridable,
        boolean library,
        List<String> policyIds,
        Optional<String> currentVersionId,
        Optional<String> newestVersionId,
        PolicySetTerms terms,
        Optional<PolicySetSource> source,
        Map<Reach, List<String>> targets,
        List<TagSelector> selectors,
        Instant createdAt,
        Instant updatedAt) {

    public List<String> targets(Reach reach) {
        return targets.getOrDefault(reach, List.of());
    }

    /** An exclusion is stronger than everything else. */
    boolean appliesTo(String workspaceId, String projectId, Map<String, String> tags) {
        if (!selectors.isEmpty()) {
            return selectors.stream().anyMatch(selector -> !selector.excludes() && selector.matches(tags))
                    && selectors.stream().noneMatch(selector -> selector.excludes() && selector.matches(tags));
        }
        boolean included = global
                || targets(Reach.WORKSPACES).contains(workspaceId)
                || targets(Reach.PROJECTS).contains(projectId);
        return included
                && !targets(Reach.WORKSPACE_EXCLUSIONS).contains(workspaceId)
                && !targets(Reach.PROJECT_EXCLUSIONS).contains(projectId);
    }
}

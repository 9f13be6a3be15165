package io.terrafleet.api.policy;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.policy.PolicyWords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a policy set holds, and which workspaces and projects it is tied to. All of the same organization. */
@ApplicationScoped
public class PolicySetContents {
    private final PolicySets sets;
    private final PolicySetStore store;
    private final PolicyStore policies;
    private final PolicyBounds bounds;
    private final Workspaces workspaces;
    private final Projects projects;
    private final InstantSource clock;

    PolicySetContents(
            PolicySets sets,
            PolicySetStore store,
            PolicyStore policies,
            PolicyBounds bounds,
            Workspaces workspaces,
            Projects projects,
            @Identifier("api") InstantSource clock) {
        this.sets = sets;
        this.store = store;
        this.policies = policies;
        this.bounds = bounds;
        this.workspaces = workspaces;
        this.projects = projects;
        this.clock = clock;
    }

    /** A set with what it holds and where it applies, whole or not at all. */
    @Transactional
    PolicySet create(
            String organizationId,
            PolicySetSettings settings,
            Collection<String> policyIds,
            Map<Reach, List<String>> targets) {
        String id = sets.create(organizationId, settings).id();
        addPolicies(id, policyIds);
        targets.forEach((reach, ids) -> attach(id, reach, ids));
        return sets.find(id).orElseThrow();
    }

    /** Adding what is there changes nothing. Refused for a policy without a text, and for built-in rules in a set of one's own. */
    @Transactional
    public void addPolicies(String id, Collection<String> policyIds) {
        PolicySetEntity set = changing(id);
        if ((set.newestVersionId != null || set.vcsIdentifier != null) && !policyIds.isEmpty()) {
            throw Problem.invalidRelationship("policies", "This set's policies come as versions; upload a new one");
        }
        for (String policyId : policyIds) {
            PolicyEntity policy = policies.find(policyId)
                    .filter(found -> found.organizationId.equals(set.organizationId))
                    .orElseThrow(() -> foreign("policies", policyId));
            if (policy.library != set.library) {
                throw Problem.invalidRelationship(
                        "policies",
                        policy.library
                                ? "The built-in policy " + policy.name + " can only be in the library's set"
                                : "The library's set can only hold built-in policies, not " + policy.name);
            }
            if (!policy.library && policy.regoSha256 == null && set.engineUrl == null) {
                throw Problem.invalidRelationship(
                        "policies", "The policy " + policy.name + " has no text yet; upload it first");
            }
            set.policyIds.add(policyId);
        }
        if (set.policyIds.size() > PolicyWords.MOST_POLICIES) {
            throw Problem.invalidRelationship(
                    "policies", "A set may hold at most " + PolicyWords.MOST_POLICIES + " policies");
        }
        store.flush();
        bounds.requireText(id);
        bounds.require(set.organizationId);
    }

    /** Removing what is not there changes nothing. */
    @Transactional
    public void removePolicies(String id, Collection<String> policyIds) {
        changing(id).policyIds.removeAll(policyIds);
        store.flush();
    }

    @Transactional
    public void attach(String id, Reach reach, Collection<String> targetIds) {
        PolicySetEntity set = changing(id);
        if (!targetIds.isEmpty() && !set.selectors.isEmpty()) {
            throw Problem.invalidRelationship(
                    reach.word(), "The set finds its workspaces by tags; remove its tag selectors first");
        }
        for (String target : targetIds) {
            if (!organizationOf(reach, target).equals(set.organizationId)) {
                throw foreign(reach.word(), target);
            }
            set.attachments.add(new PolicySetEntity.Attachment(reach.word(), target));
        }
        if (set.attachments.size() > PolicyBounds.MOST_TARGETS) {
            throw Problem.invalidRelationship(
                    reach.word(),
                    "A set may be tied to at most " + PolicyBounds.MOST_TARGETS + " workspaces and projects");
        }
        store.flush();
    }

    @Transactional
    public void detach(String id, Reach reach, Collection<String> targetIds) {
        PolicySetEntity set = changing(id);
        targetIds.forEach(target -> set.attachments.remove(new PolicySetEntity.Attachment(reach.word(), target)));
        store.flush();
    }

    private PolicySetEntity changing(String id) {
        PolicySetEntity set = store.forUpdate(id).orElseThrow(Problem::notFound);
        set.updatedAt = clock.instant();
        return set;
    }

    /** Empty for what does not exist. */
    private String organizationOf(Reach reach, String target) {
        if (reach.ofWorkspaces()) {
            return Ids.isOne("ws", target)
                    ? workspaces
                            .find(new WorkspaceId(target))
                            .map(found -> found.organizationId())
                            .orElse("")
                    : "";
        }
        return projects.find(target).map(found -> found.organizationId()).orElse("");
    }

    private static Problem foreign(String relationship, String id) {
        String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
        return Problem.invalidRelationship(relationship, "There is no \"" + shown + "\" in this organization");
    }
}

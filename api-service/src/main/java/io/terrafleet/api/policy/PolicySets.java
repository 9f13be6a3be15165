package io.terrafleet.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.RepositoryLocations;
import io.terrafleet.api.organization.ProjectDeletion;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.api.workspace.WorkspaceTags;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.policy.PoliciesFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The door to policy sets. What a set holds and where it applies is changed by {@link PolicySetContents}. */
@ApplicationScoped
public class PolicySets {
    private final PolicySetStore store;
    private final PolicyStore policies;
    private final PolicyBundles bundles;
    private final PolicySetVersions versions;
    private final PolicyBounds bounds;
    private final WorkspaceTags tags;
    private final RepositoryLocations locations;
    private final InstantSource clock;
    private final RandomGenerator random;

    PolicySets(
            PolicySetStore store,
            PolicyStore policies,
            PolicyBundles bundles,
            PolicySetVersions versions,
            PolicyBounds bounds,
            WorkspaceTags tags,
            RepositoryLocations locations,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.policies = policies;
        this.bundles = bundles;
        this.versions = versions;
        this.bounds = bounds;
        this.tags = tags;
        this.locations = locations;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<PolicySet> find(String id) {
        return store.find(id).map(PolicyRows::view);
    }

    /** By name. */
    @Transactional
    public List<PolicySet> list(String organizationId, String search, int offset, int limit) {
        return store.list(organizationId, Search.containing(search), offset, limit).stream()
                .map(PolicyRows::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId, String search) {
        return store.count(organizationId, Search.containing(search));
    }

    /** Neither global nor overridable unless told. */
    @Transactional
    PolicySet create(String organizationId, PolicySetSettings settings) {
        return create(organizationId, settings, false);
    }

    /** @param library whether it will hold built-in rules */
    @Transactional
    PolicySet create(String organizationId, PolicySetSettings settings, boolean library) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        if (store.count(organizationId, "%") >= PolicyBounds.MOST_SETS) {
            throw Problem.unprocessable("An organization may have at most " + PolicyBounds.MOST_SETS + " policy sets.");
        }
        Instant now = clock.instant();
        PolicySetEntity set = new PolicySetEntity();
        set.id = Ids.make("polset", random);
        set.organizationId = organizationId;
        set.name = name;
        set.description = settings.description().orElse("");
        set.global = settings.global().orElse(false);
        set.overridable = settings.overridable().orElse(false);
        set.library = library;
        set.createdAt = now;
        set.updatedAt = now;
        put(set, settings);
        requireFree(set);
        store.add(set);
        bounds.require(organizationId);
        return PolicyRows.view(set);
    }

    @Transactional
    PolicySet change(String id, PolicySetSettings settings) {
        PolicySetEntity set = store.forUpdate(id).orElseThrow(Problem::notFound);
        settings.name().ifPresent(name -> set.name = name);
        requireFree(set);
        settings.description().ifPresent(description -> set.description = description);
        settings.global().ifPresent(global -> set.global = global);
        requireByTagsOnly(set);
        settings.overridable().ifPresent(overridable -> set.overridable = overridable);
        set.updatedAt = clock.instant();
        put(set, settings);
        store.flush();
        bounds.require(set.organizationId);
        return PolicyRows.view(set);
    }

    /** A repository that is new here is looked at soon. */
    private void put(PolicySetEntity set, PolicySetSettings settings) {
        settings.terms().put(set);
        if (settings.source().put(set, locations)) {
            set.vcsDueAt = set.vcsIdentifier == null ? null : clock.instant();
        }
        if (set.vcsIdentifier != null && (set.library || !set.policyIds.isEmpty() || set.engineUrl != null)) {
            throw Problem.invalid(
                    "vcs-repo",
                    "A set of built-in or single policies, or with an engine of its own, has no repository");
        }
    }

    /** Its policies stay. */
    @Transactional
    public void delete(String id) {
        store.remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    /**
     * What a plan of the workspace is to be judged by, in the order of the sets' names, each set at what it is now. Mandatory policies
     * of a set that is not overridable come as hard-mandatory. Sets without policies are left out.
     */
    @Transactional
    public List<PolicySetRef> applicableTo(Workspace workspace) {
        Map<String, String> effective = new TreeMap<>();
        tags.effective(workspace).forEach(tag -> effective.put(tag.key(), tag.value()));
        return store.list(workspace.organizationId(), "%", 0, PolicyBounds.MOST_SETS).stream()
                .map(PolicyRows::view)
                .filter(set -> set.appliesTo(workspace.id().value(), workspace.projectId(), effective))
                .filter(set ->
                        !set.policyIds().isEmpty() || set.currentVersionId().isPresent())
                .map(this::reference)
                .toList();
    }

    void forget(@Observes WorkspaceDeletion deletion) {
        store.detach(deletion.workspace().id().value());
    }

    void forget(@Observes ProjectDeletion deletion) {
        store.detach(deletion.project().id());
    }

    /** The set with other policies, which nobody has looked at: without secrets, and without anything that reaches outside. */
    @Transactional
    PolicySetRef proposed(PolicySet set, ArtifactRef bundle, List<PoliciesFile.Entry> policies, String commit) {
        PolicySetTerms own = set.terms();
        return new PolicySetRef(
                set.id(),
                set.name(),
                false,
                Optional.of(bundle),
                asked(set, policies),
                parameters(set),
                Optional.of(new PolicySetRef.Terms(
                        Optional.empty(),
                        Optional.of(commit),
                        set.overridable(),
                        own.undecidedBlocks(),
                        own.legacy(),
                        own.requiredApprovals(),
                        own.authorMayOverride(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty())));
    }

    private Map<String, JsonNode> parameters(PolicySet set) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        store.parameters(set.id()).stream()
                .filter(row -> row.sealedValue == null)
                .forEach(row -> parameters.put(row.key, PolicyParameters.parsed(row.value)));
        return parameters;
    }

    private static List<PolicySetRef.PolicyRef> asked(PolicySet set, List<PoliciesFile.Entry> policies) {
        return policies.stream()
                .map(policy -> new PolicySetRef.PolicyRef(
                        policy.name(), policy.query(), enforcement(set, policy.enforcement()), policy.description()))
                .toList();
    }

    private PolicySetRef reference(PolicySet set) {
        Map<String, JsonNode> parameters = parameters(set);
        Optional<PolicySetVersions.Content> version = versions.current(set);
        Optional<PolicySetRef.Terms> terms = terms(set, version);
        if (version.isPresent()) {
            return new PolicySetRef(
                    set.id(),
                    set.name(),
                    false,
                    Optional.of(version.get().bundle()),
                    asked(set, version.get().policies()),
                    parameters,
                    terms);
        }
        List<PolicyEntity> members = policies.all(set.policyIds());
        boolean elsewhere = set.library() || set.terms().engine().isPresent();
        return new PolicySetRef(
                set.id(),
                set.name(),
                set.library(),
                elsewhere ? Optional.empty() : Optional.of(bundles.of(members)),
                members.stream().map(policy -> reference(set, policy)).toList(),
                parameters,
                terms);
    }

    /** Empty where they are the usual ones, as the event has it. */
    private Optional<PolicySetRef.Terms> terms(PolicySet set, Optional<PolicySetVersions.Content> version) {
        PolicySetTerms own = set.terms();
        PolicySetRef.Terms terms = new PolicySetRef.Terms(
                set.currentVersionId(),
                version.flatMap(PolicySetVersions.Content::commit),
                set.overridable() && version.isPresent(),
                own.undecidedBlocks(),
                own.legacy(),
                own.requiredApprovals(),
                own.authorMayOverride(),
                own.engine(),
                own.functions(),
                versions.secrets(set.id()),
                own.engineReadsCost() ? Optional.empty() : Optional.of(false));
        return terms.equals(PolicySetRef.Terms.USUAL) ? Optional.empty() : Optional.of(terms);
    }

    private static PolicySetRef.PolicyRef reference(PolicySet set, PolicyEntity policy) {
        return new PolicySetRef.PolicyRef(
                policy.name,
                policy.query,
                enforcement(set, Enforcement.of(policy.enforcement)),
                Optional.of(policy.description).filter(text -> !text.isEmpty()));
    }

    private static Enforcement enforcement(PolicySet set, Enforcement enforcement) {
        boolean hard = enforcement == Enforcement.MANDATORY && !set.overridable();
        return hard ? Enforcement.HARD_MANDATORY : enforcement;
    }

    private static void requireByTagsOnly(PolicySetEntity set) {
        if (set.global && !set.selectors.isEmpty()) {
            throw Problem.invalid("global", "Global cannot be true: the set finds its workspaces by tags");
        }
    }

    private void requireFree(PolicySetEntity set) {
        if (store.byName(set.organizationId, set.name)
                .filter(other -> !other.id.equals(set.id))
                .isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }
}

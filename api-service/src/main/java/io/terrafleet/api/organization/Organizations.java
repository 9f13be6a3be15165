package io.terrafleet.api.organization;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.General;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to organizations. A name is told apart without regard to case. */
@Singleton
public class Organizations {
    private final OrganizationStore store;
    private final Projects projects;
    private final Grants grants;
    private final Memberships memberships;
    private final Teams teams;
    private final Settings installation;
    private final Event<OrganizationCreated> creations;
    private final Event<OrganizationDeletion> deletions;
    private final InstantSource clock;
    private final RandomGenerator random;

    Organizations(
            OrganizationStore store,
            Projects projects,
            Grants grants,
            Memberships memberships,
            Teams teams,
            Settings installation,
            Event<OrganizationCreated> creations,
            Event<OrganizationDeletion> deletions,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.projects = projects;
        this.grants = grants;
        this.memberships = memberships;
        this.teams = teams;
        this.installation = installation;
        this.creations = creations;
        this.deletions = deletions;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<Organization> find(String id) {
        return store.find(id).map(Organizations::view);
    }

    @Transactional
    public Optional<Organization> byName(String name) {
        return store.byName(name).map(Organizations::view);
    }

    /** The organization, when the caller may do this in it: 404 when it may not be seen, 403 when only this is not allowed. */
    @Transactional
    public Organization permitted(Principal who, String name, Permission permission) {
        Organization organization = byName(name).orElseThrow(Problem::notFound);
        grants.require(who, organization.id(), permission);
        return organization;
    }

    /** Parts of the name and of the address for mail; empty for any. */
    public record Sought(String name, String email) {
        static Sought named(String part) {
            return new Sought(part, "");
        }
    }

    /** By name, those that the caller may see. */
    public List<Organization> visibleTo(Principal who, String search, int offset, int limit) {
        return visibleTo(who, Sought.named(search), offset, limit);
    }

    @Transactional
    public List<Organization> visibleTo(Principal who, Sought sought, int offset, int limit) {
        return store.list(visible(who), sought, offset, limit).stream()
                .map(Organizations::view)
                .toList();
    }

    public long countVisibleTo(Principal who, String search) {
        return countVisibleTo(who, Sought.named(search));
    }

    @Transactional
    public long countVisibleTo(Principal who, Sought sought) {
        return store.count(visible(who), sought);
    }

    /** With its default project; a user who creates it owns it. */
    @Transactional
    public Organization create(Principal creator, OrganizationSettings settings) {
        if (!creator.isUser()) {
            throw Problem.forbidden("An organization's token cannot create organizations; use a user's token.");
        }
        requireMayCreate(creator);
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        String email = settings.email().orElseThrow(() -> Problem.invalid("email", "Email can't be blank"));
        if (store.byName(name).isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        OrganizationEntity organization = new OrganizationEntity();
        organization.id = Ids.make("org", random);
        organization.name = name;
        organization.email = email;
        organization.defaultExecutionMode = settings.defaultExecutionMode().orElse("remote");
        organization.allowForceDeleteWorkspaces =
                settings.allowForceDeleteWorkspaces().orElse(false);
        if (organization.defaultExecutionMode.equals("agent")) {
            throw Problem.invalid(
                    "default-execution-mode",
                    "Default execution mode \"agent\" needs an agent pool, which a new organization has not");
        }
        apply(settings.traits(), organization);
        organization.createdAt = clock.instant();
        store.add(organization);
        projects.createStandard(organization.id);
        memberships.add(organization.id, creator.id());
        teams.createOwners(organization.id, creator.id());
        creations.fire(new OrganizationCreated(organization.id, organization.name));
        return view(organization);
    }

    @Transactional
    public Organization change(String id, OrganizationSettings settings) {
        OrganizationEntity organization = store.forUpdate(id).orElseThrow(Problem::notFound);
        settings.name().ifPresent(name -> {
            if (store.byName(name).filter(other -> !other.id.equals(id)).isPresent()) {
                throw Problem.invalid("name", "Name has already been taken");
            }
            organization.name = name;
        });
        settings.email().ifPresent(email -> organization.email = email);
        settings.defaultExecutionMode().ifPresent(mode -> organization.defaultExecutionMode = mode);
        settings.allowForceDeleteWorkspaces().ifPresent(allow -> organization.allowForceDeleteWorkspaces = allow);
        apply(settings.traits(), organization);
        organization.defaultAgentPoolId = store.agentPool(
                id,
                Optional.of(organization.defaultExecutionMode),
                settings.traits().defaultAgentPoolId(),
                organization.defaultAgentPoolId);
        store.flush();
        return view(organization);
    }

    /** What only a site administrator sets. */
    @Transactional
    public Organization limit(String id, OrganizationLimitSettings settings) {
        OrganizationEntity organization = store.forUpdate(id).orElseThrow(Problem::notFound);
        settings.disabled().ifPresent(value -> organization.disabled = value);
        settings.workspaces().ifPresent(value -> organization.workspaceLimit = value == 0 ? null : value);
        settings.runs().ifPresent(value -> organization.runLimit = value == 0 ? null : value);
        settings.sharesModules().ifPresent(value -> organization.sharesModules = value);
        settings.sharesProviders().ifPresent(value -> organization.sharesProviders = value);
        settings.betaTools().ifPresent(value -> organization.betaTools = value);
        settings.planTimeout()
                .ifPresent(value -> organization.planTimeoutSeconds = value.isZero() ? null : value.toSeconds());
        settings.applyTimeout()
                .ifPresent(value -> organization.applyTimeoutSeconds = value.isZero() ? null : value.toSeconds());
        store.flush();
        return view(organization);
    }

    /** With its projects, members and token; refused while it has workspaces. */
    @Transactional
    public void delete(String id) {
        OrganizationEntity organization = store.forUpdate(id).orElseThrow(Problem::notFound);
        deletions.fire(new OrganizationDeletion(view(organization)));
        store.remove(organization);
    }

    private void requireMayCreate(Principal creator) {
        General general = installation.general();
        if (creator.siteAdmin()) {
            return;
        }
        if (general.limitOrganizationCreation()) {
            throw Problem.forbidden("Only site administrators make organizations in this installation.");
        }
        int own = grants.organizationsOf(creator).size();
        if (general.organizationsPerUser().filter(most -> own >= most).isPresent()) {
            throw Problem.forbidden("You are in " + own + " organizations; in this installation one who is in "
                    + general.organizationsPerUser().get() + " or more can make no other.");
        }
    }

    private Optional<List<String>> visible(Principal who) {
        return who.siteAdmin() ? Optional.empty() : Optional.of(grants.organizationsOf(who));
    }

    private static void apply(OrganizationTraitSettings settings, OrganizationEntity organization) {
        settings.sessionTimeout().ifPresent(minutes -> organization.sessionTimeout = minutes == 0 ? null : minutes);
        settings.sessionRemember().ifPresent(minutes -> organization.sessionRemember = minutes == 0 ? null : minutes);
        settings.passingStatuses().ifPresent(value -> organization.passingStatuses = value);
        settings.aggregatedCommitStatus().ifPresent(value -> organization.aggregatedCommitStatus = value);
        settings.speculativePlanManagement().ifPresent(value -> organization.speculativePlanManagement = value);
        settings.ownersTeamSamlRoleId().ifPresent(value -> organization.ownersTeamSamlRoleId = value);
    }

    private static Organization view(OrganizationEntity organization) {
        return new Organization(
                organization.id,
                organization.name,
                organization.email,
                organization.defaultExecutionMode,
                organization.allowForceDeleteWorkspaces,
                organization.createdAt,
                new OrganizationTraits(
                        Optional.ofNullable(organization.sessionTimeout),
                        Optional.ofNullable(organization.sessionRemember),
                        organization.passingStatuses,
                        organization.aggregatedCommitStatus,
                        organization.speculativePlanManagement,
                        organization.ownersTeamSamlRoleId,
                        Optional.ofNullable(organization.defaultAgentPoolId)),
                new OrganizationLimits(
                        organization.disabled,
                        Optional.ofNullable(organization.workspaceLimit),
                        Optional.ofNullable(organization.runLimit),
                        organization.sharesModules,
                        organization.sharesProviders,
                        organization.betaTools,
                        Optional.ofNullable(organization.planTimeoutSeconds).map(Duration::ofSeconds),
                        Optional.ofNullable(organization.applyTimeoutSeconds).map(Duration::ofSeconds)));
    }
}

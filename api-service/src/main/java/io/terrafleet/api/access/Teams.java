package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The door to teams: what they are called, what they may do in the whole organization, and who is in them. */
@ApplicationScoped
public class Teams {
    private final TeamStore store;
    private final AccessStore users;
    private final Memberships memberships;
    private final InstantSource clock;
    private final RandomGenerator random;

    Teams(
            TeamStore store,
            AccessStore users,
            Memberships memberships,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.users = users;
        this.memberships = memberships;
        this.clock = clock;
        this.random = random;
    }

    /** @param visibility whether only its members see it, {@code secret}, or all of the organization */
    public record Team(
            String id,
            String organizationId,
            String name,
            String visibility,
            Optional<String> ssoTeamId,
            boolean allowMemberTokenManagement,
            Set<OrganizationAccess> access,
            Instant createdAt) {
        public boolean owners() {
            return name.equals(TeamEntity.OWNERS);
        }

        public boolean secret() {
            return visibility.equals("secret");
        }
    }

    @Transactional
    public Optional<Team> find(String id) {
        return store.find(id).map(Teams::view);
    }

    @Transactional
    public Optional<Team> byName(String organizationId, String name) {
        return store.byName(organizationId, name).map(Teams::view);
    }

    @Transactional
    public List<Team> list(TeamQuery wanted, int offset, int limit) {
        return store.list(wanted, offset, limit).stream().map(Teams::view).toList();
    }

    @Transactional
    public long count(TeamQuery wanted) {
        return store.count(wanted);
    }

    @Transactional
    public Team create(String organizationId, TeamSettings settings) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        if (store.byName(organizationId, name).isPresent()) {
            throw taken();
        }
        return add(organizationId, name, settings);
    }

    /** Called while an organization is made. */
    @Transactional
    public Team createOwners(String organizationId, String firstOwner) {
        Team owners = add(organizationId, TeamEntity.OWNERS, TeamSettings.named(TeamEntity.OWNERS));
        join(owners.id(), List.of(firstOwner));
        return owners;
    }

    @Transactional
    public Team change(String id, TeamSettings settings) {
        TeamEntity team = store.forUpdate(id).orElseThrow(Problem::notFound);
        boolean renamed =
                settings.name().filter(name -> !name.equals(team.name)).isPresent();
        if (team.owners() && (renamed || settings.access().containsValue(false))) {
            throw Problem.unprocessable("The owners team keeps its name and may do everything.");
        }
        if (renamed
                && store.byName(team.organizationId, settings.name().orElseThrow())
                        .filter(other -> !other.id.equals(id))
                        .isPresent()) {
            throw taken();
        }
        settings.name().ifPresent(name -> team.name = name);
        apply(settings, team);
        store.flush(taken());
        return view(team);
    }

    @Transactional
    public void delete(String id) {
        TeamEntity team = store.forUpdate(id).orElseThrow(Problem::notFound);
        if (team.owners()) {
            throw Problem.unprocessable("The owners team cannot be deleted.");
        }
        store.remove(team);
    }

    /** By name. */
    @Transactional
    public List<Users.User> members(String teamId) {
        return store.members(teamId).stream().map(Users::view).toList();
    }

    @Transactional
    public boolean isMember(String teamId, String userId) {
        return store.member(teamId, userId).isPresent();
    }

    @Transactional
    public List<Membership> memberships(String teamId) {
        TeamEntity team = store.find(teamId).orElseThrow(Problem::notFound);
        return memberships.views(team.organizationId, store.memberships(team));
    }

    /** Those who are in it already stay. Users who do not belong to the organization are refused with 422. */
    @Transactional
    public void join(String teamId, Collection<String> userIds) {
        TeamEntity team = store.forUpdate(teamId).orElseThrow(Problem::notFound);
        for (String user : userIds) {
            if (users.membership(team.organizationId, user).isEmpty()) {
                throw Problem.unprocessable("Only members of the organization can be in its teams; invite them first.");
            }
            if (store.member(teamId, user).isEmpty()) {
                TeamMemberEntity member = new TeamMemberEntity();
                member.teamId = teamId;
                member.userId = user;
                store.add(member);
            }
        }
        store.flush(Problem.conflict("Somebody changed the team's members at this moment; try again."));
    }

    /** Makes the user a member of the organization and of these teams of it. */
    @Transactional
    public Membership admit(String organizationId, String userId, List<String> teamIds) {
        return into(memberships.add(organizationId, userId), teamIds);
    }

    /** The same for whoever has that address, or will have it. */
    @Transactional
    public Membership invite(String organizationId, String email, List<String> teamIds) {
        return into(memberships.invite(organizationId, email), teamIds);
    }

    private Membership into(Membership membership, List<String> teamIds) {
        teamIds.forEach(team -> join(team, List.of(membership.user().id())));
        return memberships.find(membership.id()).orElseThrow(Problem::notFound);
    }

    /** Those who are not in it are passed over. The owners team keeps one. */
    @Transactional
    public void leave(String teamId, Collection<String> userIds) {
        TeamEntity team = store.forUpdate(teamId).orElseThrow(Problem::notFound);
        userIds.forEach(user -> store.member(teamId, user).ifPresent(store::remove));
        if (team.owners() && store.members(teamId).isEmpty()) {
            throw Memberships.lastOwner();
        }
    }

    private Team add(String organizationId, String name, TeamSettings settings) {
        TeamEntity team = new TeamEntity();
        team.id = Ids.make("team", random);
        team.organizationId = organizationId;
        team.name = name;
        team.visibility = "secret";
        team.allowMemberTokenManagement = true;
        team.organizationAccess = new String[0];
        team.createdAt = clock.instant();
        apply(settings, team);
        store.add(team);
        store.flush(taken());
        return view(team);
    }

    private static void apply(TeamSettings settings, TeamEntity team) {
        settings.visibility().ifPresent(word -> team.visibility = word);
        settings.ssoTeamId().ifPresent(text -> team.ssoTeamId = text.isEmpty() ? null : text);
        settings.allowMemberTokenManagement().ifPresent(allow -> team.allowMemberTokenManagement = allow);
        EnumSet<OrganizationAccess> access = EnumSet.noneOf(OrganizationAccess.class);
        access.addAll(team.access());
        settings.access().forEach((one, granted) -> {
            if (granted) {
                access.add(one);
            } else {
                access.remove(one);
            }
        });
        team.organizationAccess = access.stream().map(OrganizationAccess::word).toArray(String[]::new);
    }

    private static Problem taken() {
        return Problem.invalid("name", "Name has already been taken");
    }

    private static Team view(TeamEntity team) {
        return new Team(
                team.id,
                team.organizationId,
                team.name,
                team.visibility,
                Optional.ofNullable(team.ssoTeamId),
                team.allowMemberTokenManagement,
                team.access(),
                team.createdAt);
    }
}

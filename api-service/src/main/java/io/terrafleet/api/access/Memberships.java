package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who belongs to which organization, or is invited to. An organization always keeps one owner. */
@Singleton
public class Memberships {
    private final AccessStore store;
    private final TeamStore teams;
    private final Users users;
    private final InstantSource clock;
    private final RandomGenerator random;

    Memberships(
            AccessStore store,
            TeamStore teams,
            Users users,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.teams = teams;
        this.users = users;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param id {@code ou-} and 16 letters or digits
     * @param teams their ids; never empty for long, but it may be
     */
    public record Membership(String id, String organizationId, Users.User user, List<String> teams, Instant createdAt) {
        /** {@code active}, or {@code invited} while nobody has that address. */
        public String status() {
            return user.invited() ? "invited" : "active";
        }
    }

    /**
     * Which of them are wanted.
     *
     * @param status {@code active} or {@code invited}
     * @param emails compared without regard to case; all when empty
     * @param search a pattern of {@code like … escape '!'} for name and address in lower case
     */
    public record Wanted(Optional<String> status, List<String> emails, String search) {
        public static final Wanted ALL = new Wanted(Optional.empty(), List.of(), "%");

        public Wanted {
            emails = List.copyOf(emails);
        }
    }

    @Transactional
    public Optional<Membership> find(String id) {
        return store.membershipById(id)
                .map(found -> views(found.organizationId, List.of(found)).getFirst());
    }

    @Transactional
    public Optional<Membership> of(String organizationId, String userId) {
        return store.membership(organizationId, userId)
                .map(found -> views(organizationId, List.of(found)).getFirst());
    }

    /** Ids of the organizations that somebody belongs to. */
    @Transactional
    public List<String> organizationsOf(String userId) {
        return store.organizationsOf(userId);
    }

    /** Oldest first. */
    @Transactional
    public List<Membership> of(String organizationId, Wanted wanted, int offset, int limit) {
        return views(organizationId, store.memberships(organizationId, wanted, offset, limit));
    }

    @Transactional
    public long count(String organizationId, Wanted wanted) {
        return store.countMemberships(organizationId, wanted);
    }

    /** Refused with 422 for one who is a member already. */
    @Transactional
    public Membership add(String organizationId, String userId) {
        if (store.membership(organizationId, userId).isPresent()) {
            throw Problem.invalid("email", "Email has already been taken: the user is a member already");
        }
        MembershipEntity membership = new MembershipEntity();
        membership.organizationId = organizationId;
        membership.userId = userId;
        membership.id = Ids.make("ou", random);
        membership.createdAt = clock.instant();
        store.add(membership);
        store.flush();
        return views(organizationId, List.of(membership)).getFirst();
    }

    /** A user of that address becomes a member at once; otherwise the address waits for one. */
    @Transactional
    public Membership invite(String organizationId, String email) {
        return add(organizationId, users.ofEmail(email).id());
    }

    /** With the places in teams. */
    @Transactional
    public void remove(String id) {
        MembershipEntity membership = store.membershipById(id).orElseThrow(Problem::notFound);
        TeamEntity owners = teams.byName(membership.organizationId, TeamEntity.OWNERS)
                .flatMap(team -> teams.forUpdate(team.id))
                .orElseThrow(Problem::notFound);
        teams.teamsIn(membership.organizationId, List.of(membership.userId)).forEach(teams::remove);
        if (teams.members(owners.id).isEmpty()) {
            throw lastOwner();
        }
        store.remove(membership);
    }

    static Problem lastOwner() {
        return Problem.conflict("This is the organization's last owner; make somebody else an owner first.");
    }

    List<Membership> views(String organizationId, Collection<MembershipEntity> memberships) {
        if (memberships.isEmpty()) {
            return List.of();
        }
        List<TeamMemberEntity> places = teams.teamsIn(
                organizationId, memberships.stream().map(one -> one.userId).toList());
        return memberships.stream()
                .map(one -> new Membership(
                        one.id,
                        one.organizationId,
                        store.user(one.userId).map(Users::view).orElseThrow(),
                        places.stream()
                                .filter(place -> place.userId.equals(one.userId))
                                .map(place -> place.teamId)
                                .toList(),
                        one.createdAt))
                .toList();
    }
}

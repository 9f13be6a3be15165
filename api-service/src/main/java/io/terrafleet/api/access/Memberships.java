package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who belongs to which organization, in which role. An organization always keeps one owner. */
@ApplicationScoped
public class Memberships {
    private final AccessStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Memberships(AccessStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** @param id {@code ou-} and 16 letters or digits */
    public record Membership(String id, String organizationId, Users.User user, Role role, Instant createdAt) {}

    @Transactional
    public Optional<Membership> find(String id) {
        return store.membershipById(id).map(this::view);
    }

    /** Oldest first. */
    @Transactional
    public List<Membership> of(String organizationId, int offset, int limit) {
        return store.memberships(organizationId, offset, limit).stream()
                .map(this::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId) {
        return store.countMemberships(organizationId);
    }

    /** Refused with 422 for one who is a member already. */
    @Transactional
    public Membership add(String organizationId, String userId, Role role) {
        if (store.membership(organizationId, userId).isPresent()) {
            throw Problem.invalid("email", "Email has already been taken: the user is a member already");
        }
        MembershipEntity membership = new MembershipEntity();
        membership.organizationId = organizationId;
        membership.userId = userId;
        membership.id = Ids.make("ou", random);
        membership.role = role.word();
        membership.createdAt = clock.instant();
        store.add(membership);
        store.flush();
        return view(membership);
    }

    @Transactional
    public Membership change(String id, Role role) {
        MembershipEntity membership = store.membershipById(id).orElseThrow(Problem::notFound);
        if (role != Role.OWNER) {
            keepAnOwner(membership);
        }
        membership.role = role.word();
        return view(membership);
    }

    @Transactional
    public void remove(String id) {
        MembershipEntity membership = store.membershipById(id).orElseThrow(Problem::notFound);
        keepAnOwner(membership);
        store.remove(membership);
    }

    private void keepAnOwner(MembershipEntity leaving) {
        boolean another = store.ownersForUpdate(leaving.organizationId).stream()
                .anyMatch(owner -> !owner.userId.equals(leaving.userId));
        if (leaving.role.equals(Role.OWNER.word()) && !another) {
            throw Problem.conflict("This is the organization's last owner; make somebody else an owner first.");
        }
    }

    private Membership view(MembershipEntity membership) {
        return new Membership(
                membership.id,
                membership.organizationId,
                store.user(membership.userId).map(Users::view).orElseThrow(),
                Role.of(membership.role),
                membership.createdAt);
    }
}

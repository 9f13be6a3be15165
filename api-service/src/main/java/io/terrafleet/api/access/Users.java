package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The people who use the installation. */
@Singleton
public class Users {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,190}");

    private final AccessStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Users(AccessStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param invited only an address so far; the name is the address, which nobody else's name can be
     * @param suspended gets in with no token
     */
    public record User(
            String id,
            String username,
            String email,
            boolean siteAdmin,
            boolean invited,
            boolean suspended,
            Instant createdAt) {}

    @Transactional
    public Optional<User> find(String id) {
        return store.user(id).map(Users::view);
    }

    /** The name of the only organization that a token reaches. */
    @Transactional
    Optional<String> organizationOf(Principal who) {
        return who.organizationId().flatMap(store::organizationName);
    }

    @Transactional
    public Optional<User> findByName(String username) {
        return store.userByName(username).map(Users::view);
    }

    /** Empty too when several share the address. */
    @Transactional
    public Optional<User> findByEmail(String email) {
        List<UserEntity> users = store.usersByEmail(email);
        return users.size() == 1 ? Optional.of(view(users.getFirst())) : Optional.empty();
    }

    /**
     * Which of them are wanted.
     *
     * @param search a pattern of {@code like … escape '!'} for name and address in lower case
     */
    public record Wanted(String search, Optional<Boolean> siteAdmin, Optional<Boolean> suspended) {}

    /** By name. */
    @Transactional
    public List<User> list(Wanted wanted, int offset, int limit) {
        return store.users(wanted, offset, limit).stream().map(Users::view).toList();
    }

    @Transactional
    public long count(Wanted wanted) {
        return store.countUsers(wanted);
    }

    @Transactional
    public User create(String username, String email, boolean siteAdmin) {
        check(username, email);
        if (store.userByName(username).isPresent()) {
            throw Problem.invalid("username", "Username has already been taken");
        }
        return store.usersByEmail(email).stream()
                .filter(user -> user.invited)
                .findFirst()
                .map(user -> accept(user, username, siteAdmin))
                .orElseGet(() -> add(username, email, siteAdmin, false));
    }

    /** Who was invited is here now; memberships that waited become active with it. */
    private User accept(UserEntity user, String username, boolean siteAdmin) {
        user.username = username;
        user.siteAdmin = siteAdmin;
        user.invited = false;
        store.flush();
        return view(user);
    }

    /** The user of that address, or the address as somebody who is invited. */
    @Transactional
    public User ofEmail(String email) {
        check("invited", email);
        List<UserEntity> users = store.usersByEmail(email);
        if (users.size() > 1) {
            throw Problem.invalid("email", "Email is shared by several users; invite by user name instead");
        }
        return users.isEmpty()
                ? add(email.toLowerCase(java.util.Locale.ROOT), email, false, true)
                : view(users.getFirst());
    }

    @Transactional
    public User suspend(String id, boolean suspended) {
        UserEntity user = store.user(id).orElseThrow(Problem::notFound);
        user.suspended = suspended;
        return view(user);
    }

    @Transactional
    public User grantSiteAdmin(String id, boolean siteAdmin) {
        UserEntity user = store.user(id).orElseThrow(Problem::notFound);
        user.siteAdmin = siteAdmin;
        return view(user);
    }

    /** With their tokens and memberships; refused with 409 for the last owner of an organization. */
    @Transactional
    public void delete(String id) {
        UserEntity user = store.user(id).orElseThrow(Problem::notFound);
        store.lastOwnerOf(id).ifPresent(organization -> {
            throw Problem.conflict("The user is the last owner of the organization " + organization
                    + "; make somebody else an owner first.");
        });
        store.remove(user);
    }

    /** The user of that name, made when there is none. */
    @Transactional
    public User ensure(String username, String email, boolean siteAdmin) {
        return store.userByName(username).map(Users::view).orElseGet(() -> add(username, email, siteAdmin, false));
    }

    @Transactional
    public User change(String id, Optional<String> username, Optional<String> email) {
        UserEntity user = store.user(id).orElseThrow(Problem::notFound);
        check(username.orElse(user.username), email.orElse(user.email));
        username.ifPresent(name -> {
            if (store.userByName(name).filter(other -> !other.id.equals(id)).isPresent()) {
                throw Problem.invalid("username", "Username has already been taken");
            }
            user.username = name;
        });
        email.ifPresent(address -> user.email = address);
        store.flush();
        return view(user);
    }

    private User add(String username, String email, boolean siteAdmin, boolean invited) {
        UserEntity user = new UserEntity();
        user.id = Ids.make("user", random);
        user.username = username;
        user.email = email;
        user.siteAdmin = siteAdmin;
        user.invited = invited;
        user.createdAt = clock.instant();
        store.add(user);
        store.flush();
        return view(user);
    }

    private static void check(String username, String email) {
        if (!NAME.matcher(username).matches()) {
            throw Problem.invalid(
                    "username", "Username must have 1 to 100 characters: letters, numbers, and characters of -_.");
        }
        if (!EMAIL.matcher(email).matches()) {
            throw Problem.invalid("email", "Email must be an address of the form name@host");
        }
    }

    static User view(UserEntity user) {
        return new User(
                user.id, user.username, user.email, user.siteAdmin, user.invited, user.suspended, user.createdAt);
    }
}

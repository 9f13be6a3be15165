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
import java.util.regex.Pattern;

/** The people who use the installation. */
@ApplicationScoped
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

    public record User(String id, String username, String email, boolean siteAdmin, Instant createdAt) {}

    @Transactional
    public Optional<User> find(String id) {
        return store.user(id).map(Users::view);
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

    /** By name. */
    @Transactional
    public List<User> list(int offset, int limit) {
        return store.users(offset, limit).stream().map(Users::view).toList();
    }

    @Transactional
    public long count() {
        return store.countUsers();
    }

    @Transactional
    public User create(String username, String email, boolean siteAdmin) {
        check(username, email);
        if (store.userByName(username).isPresent()) {
            throw Problem.invalid("username", "Username has already been taken");
        }
        return add(username, email, siteAdmin);
    }

    /** The user of that name, made when there is none. */
    @Transactional
    public User ensure(String username, String email, boolean siteAdmin) {
        return store.userByName(username).map(Users::view).orElseGet(() -> add(username, email, siteAdmin));
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

    private User add(String username, String email, boolean siteAdmin) {
        UserEntity user = new UserEntity();
        user.id = Ids.make("user", random);
        user.username = username;
        user.email = email;
        user.siteAdmin = siteAdmin;
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
        return new User(user.id, user.username, user.email, user.siteAdmin, user.createdAt);
    }
}

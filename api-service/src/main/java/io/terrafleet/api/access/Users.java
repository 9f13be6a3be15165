package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The people who use the installation. */
@ApplicationScoped
public class Users {
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

    /** The user of that name, made when there is none. */
    @Transactional
    public User ensure(String username, String email, boolean siteAdmin) {
        return store.userByName(username).map(Users::view).orElseGet(() -> {
            UserEntity user = new UserEntity();
            user.id = Ids.make("user", random);
            user.username = username;
            user.email = email;
            user.siteAdmin = siteAdmin;
            user.createdAt = clock.instant();
            store.add(user);
            return view(user);
        });
    }

    private static User view(UserEntity user) {
        return new User(user.id, user.username, user.email, user.siteAdmin, user.createdAt);
    }
}

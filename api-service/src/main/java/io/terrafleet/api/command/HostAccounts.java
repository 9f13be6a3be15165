package io.terrafleet.api.command;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The door to who is who: a user asks for a code here and writes it in a comment there, which proves that both are theirs. Nobody links somebody
 * else, whatever they manage.
 */
@ApplicationScoped
public class HostAccounts {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final int CODE_BYTES = 20;

    private final CommandStore store;
    private final Users users;
    private final InstantSource clock;
    private final RandomGenerator random;

    HostAccounts(
            CommandStore store,
            Users users,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.users = users;
        this.clock = clock;
        this.random = random;
    }

    /** @param code told once */
    record Code(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "Code[until " + expiresAt + "]";
        }
    }

    record Account(String clientId, String accountId, String login, Instant linkedAt) {}

    /**
     * The one before is good no longer.
     *
     * @param login of the account there: a comment can be read by others, and the code in it is good for this account only
     */
    @Transactional
    Code code(String clientId, String login, Principal who) {
        Instant now = clock.instant();
        store.removeCodes(clientId, who.id(), now);
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = HexFormat.of().formatHex(bytes);
        HostAccountCodeEntity row = new HostAccountCodeEntity();
        row.codeSha256 = sha256(code);
        row.clientId = clientId;
        row.userId = who.id();
        row.login = login;
        row.expiresAt = now.plus(GOOD_FOR);
        store.add(row);
        return new Code(code, row.expiresAt);
    }

    /** @return what is answered */
    @Transactional
    String link(String clientId, String accountId, String login, String code) {
        Optional<HostAccountCodeEntity> found = store.code(sha256(code))
                .filter(row -> row.clientId.equals(clientId)
                        && row.login.equalsIgnoreCase(login)
                        && row.expiresAt.isAfter(clock.instant()));
        if (found.isEmpty()) {
            return "This code is not good, not any more or not for this account: ask Terrafleet for a new one.";
        }
        String user = found.get().userId;
        store.remove(found.get());
        Optional<HostAccountEntity> known = store.account(clientId, accountId);
        if (known.filter(row -> !row.userId.equals(user)).isPresent()) {
            return "This account is linked to another user already, who has to give it up first.";
        }
        if (known.isEmpty()) {
            HostAccountEntity row = new HostAccountEntity();
            row.clientId = clientId;
            row.accountId = accountId;
            row.login = login;
            row.userId = user;
            row.linkedAt = clock.instant();
            store.add(row);
        }
        return "This account is linked to the Terrafleet user "
                + users.find(user).map(Users.User::username).orElse(user) + " from now on.";
    }

    /** Who commands with this account; nobody, where that user is suspended or gone. */
    @Transactional
    Optional<Principal> of(String clientId, String accountId) {
        return store.account(clientId, accountId)
                .flatMap(row -> users.find(row.userId))
                .filter(user -> !user.suspended())
                .map(user -> new Principal(user.id(), user.username(), user.siteAdmin(), Optional.empty()));
    }

    @Transactional
    List<Account> list(Principal who) {
        return store.accountsOf(who.id()).stream()
                .map(row -> new Account(row.clientId, row.accountId, row.login, row.linkedAt))
                .toList();
    }

    @Transactional
    void unlink(Principal who, String clientId, String accountId) {
        store.remove(store.account(clientId, accountId)
                .filter(row -> row.userId.equals(who.id()))
                .orElseThrow(Problem::notFound));
    }

    private static String sha256(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

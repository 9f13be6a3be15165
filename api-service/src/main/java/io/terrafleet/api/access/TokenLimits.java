package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The door to how long tokens may last: an organization says it for each kind, and from then on a token of that kind is issued only when it
 * expires in time. A user's token is held to the strictest of the organizations that the user is in.
 */
@ApplicationScoped
public class TokenLimits {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);
    /** Between the moment at which a caller reckoned the end and ours. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final TokenLimitStore store;
    private final AccessStore access;
    private final TeamStore teams;
    private final InstantSource clock;
    private final RandomGenerator random;

    TokenLimits(
            TokenLimitStore store,
            AccessStore access,
            TeamStore teams,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.access = access;
        this.teams = teams;
        this.clock = clock;
        this.random = random;
    }

    /** The kinds of tokens that can be limited. */
    public enum Type {
        ORGANIZATION,
        TEAM,
        USER,
        AUDIT_TRAILS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word().equals(word))
                    .findFirst();
        }
    }

    /** @param longest from the issuing to the end */
    public record Limit(String id, Type type, Duration longest, Instant createdAt, Instant updatedAt) {}

    @Transactional
    public List<Limit> of(String organizationId) {
        return store.of(organizationId).stream().map(TokenLimits::view).toList();
    }

    /** What is not named stays; an empty duration takes a limit away. All or nothing. */
    @Transactional
    public List<Limit> set(String organizationId, Map<Type, Optional<Duration>> wanted) {
        wanted.forEach((type, longest) -> {
            longest.ifPresent(TokenLimits::check);
            Optional<TokenLimitEntity> known = store.of(organizationId, type.word());
            if (longest.isEmpty()) {
                known.ifPresent(store::remove);
                return;
            }
            TokenLimitEntity row = known.orElseGet(() -> fresh(organizationId, type));
            row.longestMillis = longest.get().toMillis();
            row.updatedAt = clock.instant();
            if (known.isEmpty()) {
                store.add(row);
            }
        });
        store.flush();
        return of(organizationId);
    }

    /** The last moment at which a token of the user that is issued now may end; empty when there is no limit. */
    @Transactional
    public Optional<Instant> latestOfUser(String userId) {
        return store.shortest(access.organizationsOf(userId), Type.USER.word())
                .map(millis -> clock.instant().plusMillis(millis));
    }

    void requireOfUser(String userId, Optional<Instant> end) {
        require("user", store.shortest(access.organizationsOf(userId), Type.USER.word()), end);
    }

    void requireOfTeam(String teamId, Optional<Instant> end) {
        teams.find(teamId).ifPresent(team -> requireOf(team.organizationId, Type.TEAM, end));
    }

    void requireOf(String organizationId, Type type, Optional<Instant> end) {
        require(
                type.word().replace('_', ' '),
                store.of(organizationId, type.word()).map(row -> row.longestMillis),
                end);
    }

    private void require(String kind, Optional<Long> longest, Optional<Instant> end) {
        longest.ifPresent(millis -> {
            Instant latest = clock.instant().plusMillis(millis).plus(SLACK);
            if (end.isEmpty()) {
                throw Problem.invalid(
                        "expired-at",
                        "Expired at can't be blank: " + kind + " tokens may last at most " + words(millis) + " here");
            }
            if (end.get().isAfter(latest)) {
                throw Problem.invalid(
                        "expired-at",
                        "Expired at is too late: " + kind + " tokens may last at most " + words(millis) + " here");
            }
        });
    }

    private static String words(long millis) {
        Duration longest = Duration.ofMillis(millis);
        if (longest.toDays() > 0) {
            return longest.toDays() + " d " + longest.toHoursPart() + " h";
        }
        return longest.toHours() + " h " + longest.toMinutesPart() + " min";
    }

    private static void check(Duration longest) {
        if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
            throw Problem.invalid(
                    "token-ttl-policies",
                    "Max ttl ms must be from " + SHORTEST.toMillis() + " to " + LONGEST.toMillis());
        }
    }

    private TokenLimitEntity fresh(String organizationId, Type type) {
        TokenLimitEntity row = new TokenLimitEntity();
        row.id = Ids.make("ttl", random);
        row.organizationId = organizationId;
        row.tokenType = type.word();
        row.createdAt = clock.instant();
        return row;
    }

    private static Limit view(TokenLimitEntity row) {
        return new Limit(
                row.id,
                Type.of(row.tokenType).orElseThrow(),
                Duration.ofMillis(row.longestMillis),
                row.createdAt,
                row.updatedAt);
    }
}

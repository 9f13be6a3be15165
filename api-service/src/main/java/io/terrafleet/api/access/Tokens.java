package io.terrafleet.api.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal.Kind;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** API tokens: issued once in clear, kept as a keyed hash. */
@ApplicationScoped
public class Tokens {
    private final AccessStore store;
    private final TeamStore teams;
    private final TokenLimits limits;
    private final TokenKey key;
    private final InstantSource clock;
    private final RandomGenerator random;

    Tokens(
            AccessStore store,
            TeamStore teams,
            TokenLimits limits,
            TokenKey key,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.teams = teams;
        this.limits = limits;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A token as its owner sees it later: without the secret.
     *
     * @param userId for a user's
     * @param teamId for a team's
     * @param organizationId for an organization's, an audit trail's and an agent's
     * @param subjectId for an agent's: its pool
     * @param createdBy the user who issued it, where that is somebody else than the owner
     */
    public record Token(
            String id,
            Kind kind,
            String description,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<String> userId,
            Optional<String> teamId,
            Optional<String> organizationId,
            Optional<String> subjectId,
            Optional<String> createdBy) {}

    /** The only moment at which the secret exists in clear. */
    public record Issued(Token token, String secret) {
        @Override
        public String toString() {
            return "Issued(" + token.id() + ", hidden)";
        }
    }

    /**
     * Whose token it is; empty for an unknown, revoked or expired one, and for one of somebody suspended. One statement, and no
     * transaction around it: it is asked before everything else.
     */
    @Transactional(TxType.SUPPORTS)
    public Optional<Principal> authenticate(String secret) {
        return good(secret).flatMap(this::principal);
    }

    /** The token with that secret; empty for an unknown, revoked or expired one. */
    @Transactional
    public Optional<Token> bySecret(String secret) {
        return good(secret).map(Tokens::view);
    }

    /** Whose token it is, for somebody who has proven before to have it; empty when it is revoked or expired since. */
    @Transactional
    public Optional<Principal> principalOf(String id) {
        Instant now = clock.instant();
        return store.token(id).filter(found -> lasts(found, now)).flatMap(this::principal);
    }

    private Optional<TokenEntity> good(String secret) {
        if (secret.isEmpty() || secret.length() > 500) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<TokenEntity> token = store.tokenByHash(key.kept(secret)).filter(found -> lasts(found, now));
        token.filter(found -> found.lastUsedAt == null || found.lastUsedAt.isBefore(now.minus(Duration.ofMinutes(1))))
                .ifPresent(found -> QuarkusTransaction.joiningExisting().run(() -> store.touch(found.id, now)));
        return token;
    }

    private static boolean lasts(TokenEntity token, Instant now) {
        return token.expiresAt == null || token.expiresAt.isAfter(now);
    }

    @Transactional
    public Issued issueForUser(String userId, String description, Optional<Instant> expiresAt) {
        limits.requireOfUser(userId, expiresAt);
        return issue(Kind.USER, description, expiresAt, token -> token.userId = userId);
    }

    /** An organization has one token; a new one replaces it. */
    @Transactional
    public Issued issueForOrganization(String organizationId, Optional<Instant> expiresAt) {
        limits.requireOf(organizationId, TokenLimits.Type.ORGANIZATION, expiresAt);
        return issueOnly(organizationId, Kind.ORGANIZATION, "organization token", expiresAt);
    }

    /** An organization's audit trail has one token; a new one replaces it. */
    @Transactional
    public Issued issueForAuditTrails(String organizationId, Optional<Instant> expiresAt) {
        limits.requireOf(organizationId, TokenLimits.Type.AUDIT_TRAILS, expiresAt);
        return issueOnly(organizationId, Kind.AUDIT_TRAILS, "audit trails token", expiresAt);
    }

    private Issued issueOnly(String organizationId, Kind kind, String description, Optional<Instant> expiresAt) {
        store.tokenOfOrganization(organizationId, kind.word()).ifPresent(store::remove);
        return issue(kind, description, expiresAt, token -> token.organizationId = organizationId);
    }

    /** The one token that the older addresses know; a new one replaces it. */
    @Transactional
    public Issued issueOnlyForTeam(String teamId, Optional<Instant> expiresAt, Optional<String> createdBy) {
        limits.requireOfTeam(teamId, expiresAt);
        onlyOfTeamEntity(teamId).ifPresent(store::remove);
        return issueForTeam(teamId, "", expiresAt, createdBy, true);
    }

    /** One more token of a team that may have many. */
    @Transactional
    public Issued issueForTeam(
            String teamId, String description, Optional<Instant> expiresAt, Optional<String> createdBy) {
        return issueForTeam(teamId, description, expiresAt, createdBy, false);
    }

    private Issued issueForTeam(
            String teamId, String description, Optional<Instant> expiresAt, Optional<String> createdBy, boolean only) {
        limits.requireOfTeam(teamId, expiresAt);
        return issue(Kind.TEAM, description, expiresAt, token -> {
            token.teamId = teamId;
            token.legacy = only;
            token.createdBy = createdBy.orElse(null);
        });
    }

    /** For the agents of one pool. */
    @Transactional
    public Issued issueForAgents(
            String organizationId,
            String poolId,
            String description,
            Optional<Instant> expiresAt,
            Optional<String> createdBy) {
        return issue(Kind.AGENT, description, expiresAt, token -> {
            token.organizationId = organizationId;
            token.subjectId = poolId;
            token.createdBy = createdBy.orElse(null);
        });
    }

    @Transactional
    public List<Token> ofUser(String userId) {
        return store.tokensOfUser(userId).stream().map(Tokens::view).toList();
    }

    @Transactional
    public Optional<Token> ofOrganization(String organizationId) {
        return only(organizationId, Kind.ORGANIZATION);
    }

    @Transactional
    public Optional<Token> ofAuditTrails(String organizationId) {
        return only(organizationId, Kind.AUDIT_TRAILS);
    }

    private Optional<Token> only(String organizationId, Kind kind) {
        return store.tokenOfOrganization(organizationId, kind.word()).map(Tokens::view);
    }

    @Transactional
    public Optional<Token> onlyOfTeam(String teamId) {
        return onlyOfTeamEntity(teamId).map(Tokens::view);
    }

    private Optional<TokenEntity> onlyOfTeamEntity(String teamId) {
        return store.tokensOfTeam(teamId).stream().filter(token -> token.legacy).findFirst();
    }

    @Transactional
    public List<Token> ofTeam(String teamId) {
        return store.tokensOfTeam(teamId).stream().map(Tokens::view).toList();
    }

    /** Of every team, newest first. */
    @Transactional
    public List<Token> ofTeams(String organizationId, List<TokenExpiry> expiry, int offset, int limit) {
        return store.teamTokens(organizationId, expiry, clock.instant(), offset, limit).stream()
                .map(Tokens::view)
                .toList();
    }

    @Transactional
    public long countOfTeams(String organizationId, List<TokenExpiry> expiry) {
        return store.countTeamTokens(organizationId, expiry, clock.instant());
    }

    @Transactional
    public List<Token> ofAgents(String poolId) {
        return store.tokensOfSubject(Kind.AGENT.word(), poolId).stream()
                .map(Tokens::view)
                .toList();
    }

    @Transactional
    public Optional<Token> find(String id) {
        return store.token(id).map(Tokens::view);
    }

    @Transactional
    public void revoke(String id) {
        store.token(id).ifPresent(store::remove);
    }

    /** Makes a token whose secret was chosen elsewhere; calling again with the same secret changes nothing. */
    @Transactional
    void preset(String userId, String description, String secret) {
        if (store.tokenByHash(key.kept(secret)).isPresent()) {
            return;
        }
        store.tokensOfUser(userId).stream()
                .filter(token -> token.description.equals(description))
                .forEach(store::remove);
        issue(Kind.USER, description, Optional.empty(), token -> token.userId = userId, secret);
    }

    /** Brings tokens of before, of which a plain SHA-256 was kept, under the key. */
    @Transactional
    void bringUnderKey() {
        store.unkeyedTokens().forEach(token -> {
            token.hash = key.keyed(token.hash);
            token.keyed = true;
        });
    }

    private Issued issue(Kind kind, String description, Optional<Instant> expiresAt, Consumer<TokenEntity> owner) {
        return issue(kind, description, expiresAt, owner, key.newSecret());
    }

    private Issued issue(
            Kind kind, String description, Optional<Instant> expiresAt, Consumer<TokenEntity> owner, String secret) {
        TokenEntity token = new TokenEntity();
        token.id = Ids.make("at", random);
        token.kind = kind.word();
        token.hash = key.kept(secret);
        token.keyed = true;
        token.description = description;
        token.createdAt = clock.instant();
        token.expiresAt = expiresAt.orElse(null);
        owner.accept(token);
        store.add(token);
        return new Issued(view(token), secret);
    }

    private Optional<Principal> principal(TokenEntity token) {
        Kind kind = Kind.of(token.kind);
        return switch (kind) {
            case USER ->
                Optional.ofNullable(token.userId)
                        .flatMap(store::user)
                        .filter(user -> !user.suspended)
                        .map(user -> new Principal(user.id, user.username, user.siteAdmin, Optional.empty()));
            case TEAM ->
                Optional.ofNullable(token.teamId)
                        .flatMap(teams::find)
                        .map(team -> new Principal(
                                team.id, "team " + team.name, false, Optional.of(team.organizationId), kind));
            case ORGANIZATION, AUDIT_TRAILS, AGENT ->
                Optional.ofNullable(token.organizationId)
                        .map(organization -> new Principal(
                                token.subjectId == null ? organization : token.subjectId,
                                token.description.isEmpty() ? kind.word() + " token" : token.description,
                                false,
                                Optional.of(organization),
                                kind));
            case RUN -> throw new IllegalStateException("a run's token is signed and not kept");
        };
    }

    private static Token view(TokenEntity token) {
        return new Token(
                token.id,
                Kind.of(token.kind),
                token.description,
                token.createdAt,
                Optional.ofNullable(token.expiresAt),
                Optional.ofNullable(token.lastUsedAt),
                Optional.ofNullable(token.userId),
                Optional.ofNullable(token.teamId),
                Optional.ofNullable(token.organizationId),
                Optional.ofNullable(token.subjectId),
                Optional.ofNullable(token.createdBy));
    }
}

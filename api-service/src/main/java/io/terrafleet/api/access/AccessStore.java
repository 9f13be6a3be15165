package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class AccessStore {
    private static final String WANTED = "from MembershipEntity o, UserEntity u"
            + " where o.organizationId = :organization and u.id = o.userId and (:any = true or u.invited = :invited)"
            + " and (:everyone = true or lower(u.email) in :emails)"
            + " and (lower(u.username) like :search escape '!' or lower(u.email) like :search escape '!')";

    private static final String OF_TEAMS =
            "k.teamId in (select t.id from TeamEntity t where t.organizationId = :organization)";

    /** The owner is asked for next, at every request; read along, it is at hand then. */
    private static final String WITH_ITS_OWNER =
            "select k, u, t from TokenEntity k left join UserEntity u on u.id = k.userId"
                    + " left join TeamEntity t on t.id = k.teamId where k.hash = :hash";

    private static final String WANTED_USERS = "from UserEntity u"
            + " where (lower(u.username) like :search escape '!' or lower(u.email) like :search escape '!')"
            + " and (:anyAdmin = true or u.siteAdmin = :admin) and (:anySuspended = true or u.suspended = :suspended)";

    private final EntityManager entities;

    AccessStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<UserEntity> user(String id) {
        return Optional.ofNullable(entities.find(UserEntity.class, id));
    }

    Optional<UserEntity> userByName(String username) {
        return entities.createQuery("from UserEntity where lower(username) = lower(:name)", UserEntity.class)
                .setParameter("name", username)
                .getResultStream()
                .findFirst();
    }

    Optional<TokenEntity> tokenByHash(byte[] hash) {
        return entities.createQuery(WITH_ITS_OWNER, Object[].class).setParameter("hash", hash).getResultList().stream()
                .findFirst()
                .map(row -> (TokenEntity) row[0]);
    }

    Optional<TokenEntity> token(String id) {
        return Optional.ofNullable(entities.find(TokenEntity.class, id));
    }

    List<TokenEntity> tokensOfUser(String userId) {
        return entities.createQuery(
                        "from TokenEntity where userId = :user order by createdAt desc, id", TokenEntity.class)
                .setParameter("user", userId)
                .setMaxResults(1_000)
                .getResultList();
    }

    Optional<TokenEntity> tokenOfOrganization(String organizationId, String kind) {
        return entities.createQuery(
                        "from TokenEntity where organizationId = :organization and kind = :kind", TokenEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("kind", kind)
                .getResultStream()
                .findFirst();
    }

    List<TokenEntity> tokensOfTeam(String teamId) {
        return entities.createQuery(
                        "from TokenEntity where teamId = :team order by createdAt desc, id", TokenEntity.class)
                .setParameter("team", teamId)
                .setMaxResults(1_000)
                .getResultList();
    }

    /** Of all teams of the organization, newest first. */
    List<TokenEntity> teamTokens(String organizationId, List<TokenExpiry> expiry, Instant now, int offset, int limit) {
        return ofTeams("", " order by k.createdAt desc, k.id", TokenEntity.class, organizationId, expiry, now)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countTeamTokens(String organizationId, List<TokenExpiry> expiry, Instant now) {
        return ofTeams("select count(*) ", "", Long.class, organizationId, expiry, now)
                .getSingleResult();
    }

    private <T> TypedQuery<T> ofTeams(
            String before, String after, Class<T> type, String organizationId, List<TokenExpiry> expiry, Instant now) {
        TypedQuery<T> query = entities.createQuery(
                        before + "from TokenEntity k where " + OF_TEAMS + " and " + TokenExpiry.condition(expiry)
                                + after,
                        type)
                .setParameter("organization", organizationId);
        TokenExpiry.parameters(expiry, now).forEach(query::setParameter);
        return query;
    }

    /** Empty for one that is not there any more. */
    Optional<String> organizationName(String id) {
        return entities.createQuery("select name from OrganizationEntity where id = :id", String.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    List<TokenEntity> tokensOfSubject(String kind, String subjectId) {
        return entities.createQuery(
                        "from TokenEntity where kind = :kind and subjectId = :subject order by createdAt desc, id",
                        TokenEntity.class)
                .setParameter("kind", kind)
                .setParameter("subject", subjectId)
                .setMaxResults(1_000)
                .getResultList();
    }

    List<TokenEntity> unkeyedTokens() {
        return entities.createQuery("from TokenEntity where keyed = false", TokenEntity.class)
                .getResultList();
    }

    boolean isDisabled(String organizationId) {
        return entities.createQuery("select disabled from OrganizationEntity where id = :organization", Boolean.class)
                .setParameter("organization", organizationId)
                .getResultStream()
                .findFirst()
                .orElse(false);
    }

    /** Empty for a run that is over, or none. */
    Optional<String> workspaceOfRunAtWork(String runId) {
        return entities.createQuery(
                        "select workspaceId from RunEntity where id = :run and finished = false", String.class)
                .setParameter("run", runId)
                .getResultStream()
                .findFirst();
    }

    boolean sharesState(String readerId, String sourceId) {
        return entities.createQuery(
                                "select count(*) from WorkspaceEntity r, WorkspaceEntity s where r.id = :reader and s.id = :source"
                                        + " and r.organizationId = s.organizationId and (r.id = s.id"
                                        + " or s.globalRemoteState = true"
                                        + " or (s.projectRemoteState = true and s.projectId = r.projectId)"
                                        + " or exists (select 1 from RemoteStateConsumerEntity c"
                                        + " where c.workspaceId = s.id and c.consumerId = r.id))",
                                Long.class)
                        .setParameter("reader", readerId)
                        .setParameter("source", sourceId)
                        .getSingleResult()
                > 0;
    }

    Optional<MembershipEntity> membership(String organizationId, String userId) {
        return Optional.ofNullable(
                entities.find(MembershipEntity.class, new MembershipEntity.Key(organizationId, userId)));
    }

    Optional<MembershipEntity> membershipById(String id) {
        return entities.createQuery("from MembershipEntity where id = :id", MembershipEntity.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    List<MembershipEntity> memberships(String organizationId, Memberships.Wanted wanted, int offset, int limit) {
        return bind(
                        entities.createQuery(
                                "select o " + WANTED + " order by o.createdAt, o.userId", MembershipEntity.class),
                        organizationId,
                        wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countMemberships(String organizationId, Memberships.Wanted wanted) {
        return bind(entities.createQuery("select count(*) " + WANTED, Long.class), organizationId, wanted)
                .getSingleResult();
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, String organizationId, Memberships.Wanted wanted) {
        List<String> emails = wanted.emails().stream()
                .map(email -> email.toLowerCase(Locale.ROOT))
                .toList();
        return query.setParameter("organization", organizationId)
                .setParameter("any", wanted.status().isEmpty())
                .setParameter(
                        "invited", wanted.status().filter("invited"::equals).isPresent())
                .setParameter("everyone", emails.isEmpty())
                .setParameter("emails", emails.isEmpty() ? List.of("") : emails)
                .setParameter("search", wanted.search());
    }

    /** The name of an organization in whose owners team the user is alone. */
    Optional<String> lastOwnerOf(String userId) {
        return entities.createQuery(
                        "select o.name from OrganizationEntity o, TeamEntity t, TeamMemberEntity m"
                                + " where t.organizationId = o.id and t.name = 'owners' and m.teamId = t.id and m.userId = :user"
                                + " and (select count(*) from TeamMemberEntity n where n.teamId = t.id) = 1",
                        String.class)
                .setParameter("user", userId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    List<UserEntity> usersByEmail(String email) {
        return entities.createQuery("from UserEntity where lower(email) = lower(:email)", UserEntity.class)
                .setParameter("email", email)
                .setMaxResults(2)
                .getResultList();
    }

    List<UserEntity> users(Users.Wanted wanted, int offset, int limit) {
        return bind(
                        entities.createQuery(
                                "select u " + WANTED_USERS + " order by lower(u.username)", UserEntity.class),
                        wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countUsers(Users.Wanted wanted) {
        return bind(entities.createQuery("select count(*) " + WANTED_USERS, Long.class), wanted)
                .getSingleResult();
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, Users.Wanted wanted) {
        return query.setParameter("search", wanted.search())
                .setParameter("anyAdmin", wanted.siteAdmin().isEmpty())
                .setParameter("admin", wanted.siteAdmin().orElse(false))
                .setParameter("anySuspended", wanted.suspended().isEmpty())
                .setParameter("suspended", wanted.suspended().orElse(false));
    }

    List<String> organizationsOf(String userId) {
        return entities.createQuery("select organizationId from MembershipEntity where userId = :user", String.class)
                .setParameter("user", userId)
                .getResultList();
    }

    /** At most once a minute, so that a busy token does not cost a write each call. */
    void touch(String tokenId, Instant now) {
        entities.createQuery("update TokenEntity set lastUsedAt = :now where id = :id"
                        + " and (lastUsedAt is null or lastUsedAt < :before)")
                .setParameter("now", now)
                .setParameter("id", tokenId)
                .setParameter("before", now.minus(Duration.ofMinutes(1)))
                .executeUpdate();
    }

    void add(Object entity) {
        entities.persist(entity);
    }

    /** Writes now; somebody who took the name, or joined, at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.unprocessable("It has already been taken: somebody did the same at this moment.");
        }
    }

    void remove(Object entity) {
        entities.remove(entity);
        entities.flush();
    }
}

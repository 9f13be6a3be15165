package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class TokenLimitStore {
    private final EntityManager entities;

    TokenLimitStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** By type. */
    List<TokenLimitEntity> of(String organizationId) {
        return entities.createQuery(
                        "from TokenLimitEntity where organizationId = :organization order by tokenType",
                        TokenLimitEntity.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    Optional<TokenLimitEntity> of(String organizationId, String tokenType) {
        return of(organizationId).stream()
                .filter(row -> row.tokenType.equals(tokenType))
                .findFirst();
    }

    /** The shortest of several organizations. */
    Optional<Long> shortest(Collection<String> organizationIds, String tokenType) {
        if (organizationIds.isEmpty()) {
            return Optional.empty();
        }
        @Nullable
        Long shortest = entities.createQuery(
                        "select min(longestMillis) from TokenLimitEntity"
                                + " where organizationId in :organizations and tokenType = :type",
                        Long.class)
                .setParameter("organizations", organizationIds)
                .setParameter("type", tokenType)
                .getSingleResult();
        return Optional.ofNullable(shortest);
    }

    void add(TokenLimitEntity row) {
        entities.persist(row);
    }

    void remove(TokenLimitEntity row) {
        entities.remove(row);
    }

    void flush() {
        entities.flush();
    }
}

package io.terrafleet.api.sshkey;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class SshKeyStore {
    private final EntityManager entities;

    SshKeyStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<SshKeyEntity> find(String id) {
        return Optional.ofNullable(entities.find(SshKeyEntity.class, id));
    }

    /** By name. */
    List<SshKeyEntity> of(String organizationId) {
        return entities.createQuery(
                        "from SshKeyEntity where organizationId = :organization order by name", SshKeyEntity.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    void add(SshKeyEntity key) {
        entities.persist(key);
        flush();
    }

    void remove(SshKeyEntity key) {
        entities.remove(key);
        flush();
    }

    /** Writes now; a name that is taken is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }
}

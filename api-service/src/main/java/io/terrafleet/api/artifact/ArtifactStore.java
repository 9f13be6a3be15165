package io.terrafleet.api.artifact;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class ArtifactStore {
    private final EntityManager entities;

    ArtifactStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** Where the content of an artifact lies. */
    @SuppressWarnings("ArrayRecordComponent")
    sealed interface Content {
        /** In a file, encrypted with the key that is sealed here. */
        record Filed(byte[] sealedKey) implements Content {}

        /** In the row itself, sealed. */
        record Enclosed(byte[] sealed) implements Content {}
    }

    record Whole(ArtifactRef artifact, Content content) {}

    Optional<ArtifactEntity> find(String id) {
        return Optional.ofNullable(entities.find(ArtifactEntity.class, id));
    }

    Optional<Whole> findWhole(String id) {
        List<?> rows = entities.createNativeQuery(
                        "select sha256, size, sealed_key, sealed_content from artifact where id = ?1")
                .setParameter(1, id)
                .getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(row -> {
            ArtifactRef artifact = new ArtifactRef(id, (String) row[0], ((Number) row[1]).longValue());
            Content content =
                    row[2] != null ? new Content.Filed((byte[]) row[2]) : new Content.Enclosed((byte[]) row[3]);
            return new Whole(artifact, content);
        });
    }

    /** At once: what the same transaction stores next may refer to it. */
    void add(ArtifactRef artifact, Content content, Instant now) {
        String column =
                switch (content) {
                    case Content.Filed filed -> "sealed_key";
                    case Content.Enclosed enclosed -> "sealed_content";
                };
        byte[] bytes =
                switch (content) {
                    case Content.Filed filed -> filed.sealedKey();
                    case Content.Enclosed enclosed -> enclosed.sealed();
                };
        entities.createNativeQuery("insert into artifact (id, sha256, size, created_at, " + column
                        + ") values (?1, ?2, ?3, ?4, ?5)")
                .setParameter(1, artifact.id())
                .setParameter(2, artifact.sha256())
                .setParameter(3, artifact.size())
                .setParameter(4, now)
                .setParameter(5, bytes)
                .executeUpdate();
    }

    void remove(ArtifactEntity artifact) {
        entities.remove(artifact);
    }
}

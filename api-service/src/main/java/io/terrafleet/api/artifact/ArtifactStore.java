package io.terrafleet.api.artifact;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@Singleton
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

        /** The same in the bucket, under this name. */
        record Stored(byte[] sealedKey, String object) implements Content {}

        /** In the row itself, sealed. */
        record Enclosed(byte[] sealed) implements Content {}
    }

    record Whole(ArtifactRef artifact, Content content) {}

    Optional<ArtifactEntity> find(String id) {
        return Optional.ofNullable(entities.find(ArtifactEntity.class, id));
    }

    void hold(String id) {
        entities.find(ArtifactEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<Whole> findWhole(String id) {
        return findAllWhole(List.of(id)).stream().findFirst();
    }

    /** Those of them that exist. */
    List<Whole> findAllWhole(Collection<String> ids) {
        List<?> rows = entities.createNativeQuery(
                        "select id, sha256, size, sealed_key, sealed_content, object from artifact where id = any(:ids)")
                .setParameter("ids", ids.toArray(String[]::new))
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Whole(
                        new ArtifactRef((String) row[0], (String) row[1], ((Number) row[2]).longValue()),
                        content((byte[]) row[3], (byte[]) row[4], (String) row[5])))
                .toList();
    }

    private static Content content(byte @Nullable [] sealedKey, byte[] sealedContent, @Nullable String object) {
        if (sealedKey == null) {
            return new Content.Enclosed(sealedContent);
        }
        return object == null ? new Content.Filed(sealedKey) : new Content.Stored(sealedKey, object);
    }

    /** At once: what the same transaction stores next may refer to it. */
    void addFiled(ArtifactRef artifact, Content.Filed content, Instant now) {
        add("sealed_key", Map.of(artifact, content.sealedKey()), now);
    }

    void addStored(ArtifactRef artifact, Content.Stored content, Instant now) {
        add("sealed_key", Map.of(artifact, content.sealedKey()), now);
        entities.createNativeQuery("update artifact set object = ?1 where id = ?2")
                .setParameter(1, content.object())
                .setParameter(2, artifact.id())
                .executeUpdate();
    }

    /** The same for one or more whose content lies in the row. */
    void addEnclosed(Map<ArtifactRef, Content.Enclosed> artifacts, Instant now) {
        Map<ArtifactRef, byte[]> contents = new LinkedHashMap<>();
        artifacts.forEach((artifact, content) -> contents.put(artifact, content.sealed()));
        add("sealed_content", contents, now);
    }

    private void add(String column, Map<ArtifactRef, byte[]> contents, Instant now) {
        String rows = IntStream.range(0, contents.size())
                .mapToObj(row -> IntStream.rangeClosed(5 * row + 1, 5 * row + 5)
                        .mapToObj(place -> "?" + place)
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        Query insert = entities.createNativeQuery(
                "insert into artifact (id, sha256, size, created_at, " + column + ") values " + rows);
        int place = 1;
        for (Map.Entry<ArtifactRef, byte[]> entry : contents.entrySet()) {
            ArtifactRef artifact = entry.getKey();
            insert.setParameter(place++, artifact.id())
                    .setParameter(place++, artifact.sha256())
                    .setParameter(place++, artifact.size())
                    .setParameter(place++, now)
                    .setParameter(place++, entry.getValue());
        }
        insert.executeUpdate();
    }

    void remove(ArtifactEntity artifact) {
        entities.remove(artifact);
    }
}

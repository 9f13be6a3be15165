package io.terrafleet.api.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.secret.ResealingProgress.Counts;
import io.terrafleet.api.secret.ResealingProgress.Pass;
import io.terrafleet.contracts.Json;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the columns of {@link SealedColumn} by the address of their rows. The number of the key that sealed a value stands in its bytes
 * 5 to 8: an envelope of Tink is the length of the wrapped data key (4 bytes), the byte 1, the number, and the rest.
 */
@Singleton
class ResealingStore {
    private static final String KEY_OF = "encode(substring(@c from 6 for 4), 'hex')";

    private final EntityManager entities;

    ResealingStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** A value that another key has sealed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Foreign(RowAddress address, byte[] sealed) {}

    /**
     * Locked until the transaction ends. It is row 2: row 1 is what versions look for that do not know the parts of tables.
     *
     * @return empty while another process is at it
     */
    Optional<ResealingProgress> lock() {
        return row(" for update skip locked");
    }

    Optional<ResealingProgress> find() {
        return row("");
    }

    private Optional<ResealingProgress> row(String lock) {
        List<?> rows = entities.createNativeQuery("select key, begun_at, resealed, pass_begun_at, pass_ended_at,"
                        + " pass_column, pass_after, pass_foreign, pass_counts, counts, counted_at, finished_at, pass_columns"
                        + " from resealing where id = 2" + lock)
                .getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(ResealingStore::progress);
    }

    private static ResealingProgress progress(Object[] row) {
        Pass pass = new Pass(
                (Instant) row[3],
                Optional.ofNullable((Instant) row[4]),
                read((String) row[12], new TypeReference<List<SealedColumn>>() {}),
                ((Number) row[5]).intValue(),
                RowAddress.parse((String) row[6]),
                ((Number) row[7]).longValue(),
                counts((String) row[8]));
        return new ResealingProgress(
                (String) row[0],
                (Instant) row[1],
                ((Number) row[2]).longValue(),
                pass,
                new Counts(counts((String) row[9]), Optional.ofNullable((Instant) row[10])),
                Optional.ofNullable((Instant) row[11]));
    }

    void save(ResealingProgress progress) {
        Pass pass = progress.pass();
        entities.createNativeQuery("update resealing set key = ?1, begun_at = ?2, resealed = ?3, pass_begun_at = ?4,"
                        + " pass_ended_at = cast(?5 as timestamptz), pass_column = ?6, pass_after = ?7, pass_foreign = ?8,"
                        + " pass_counts = ?9, counts = ?10, counted_at = cast(?11 as timestamptz),"
                        + " finished_at = cast(?12 as timestamptz), pass_columns = ?13 where id = 2")
                .setParameter(1, progress.key())
                .setParameter(2, progress.begunAt())
                .setParameter(3, progress.resealed())
                .setParameter(4, pass.begunAt())
                .setParameter(5, text(pass.endedAt()))
                .setParameter(6, pass.column())
                .setParameter(7, pass.after().toString())
                .setParameter(8, pass.foreign())
                .setParameter(9, json(pass.counts()))
                .setParameter(10, json(progress.counts().values()))
                .setParameter(11, text(progress.counts().at()))
                .setParameter(12, text(progress.finishedAt()))
                .setParameter(13, json(pass.columns()))
                .executeUpdate();
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static Map<String, Long> counts(String json) {
        return read(json, new TypeReference<Map<String, Long>>() {});
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("where the search for sealed values stands cannot be read", e);
        }
    }

    /** Those of {@link SealedColumn#ALL} as they are now, with its parts in place of a table that has parts. */
    List<SealedColumn> columns() {
        return SealedColumn.ALL.stream()
                .flatMap(column -> tables(column.table()).map(table -> new SealedColumn(table, column.column())))
                .toList();
    }

    private Stream<String> tables(String table) {
        List<?> parts = entities.createNativeQuery("select cast(relid as text) from"
                        + " pg_partition_tree(cast(?1 as regclass)) where isleaf order by 1")
                .setParameter(1, table)
                .getResultList();
        return parts.isEmpty() ? Stream.of(table) : parts.stream().map(String.class::cast);
    }

    /** How many blocks the table has now; none when it was dropped. */
    long blocks(SealedColumn column) {
        return ((Number) entities.createNativeQuery("select coalesce(pg_relation_size(to_regclass(?1)), 0)"
                                + " / cast(current_setting('block_size') as bigint)")
                        .setParameter(1, column.table())
                        .getSingleResult())
                .longValue();
    }

    /** Values between both addresses that another key has sealed, in order, locked; those that somebody else has locked are left out. */
    List<Foreign> foreign(SealedColumn column, RowAddress after, RowAddress before, String key, int most) {
        String select = "select cast(ctid as text), @c from @t where ctid > cast(?1 as tid) and ctid < cast(?2 as tid)"
                + " and @c is not null and " + KEY_OF + " <> ?3 order by ctid limit ?4 for update skip locked";
        List<?> rows = entities.createNativeQuery(in(column, select))
                .setParameter(1, after.toString())
                .setParameter(2, before.toString())
                .setParameter(3, key)
                .setParameter(4, most)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Foreign(RowAddress.parse((String) row[0]), (byte[]) row[1]))
                .toList();
    }

    void replace(SealedColumn column, RowAddress address, byte[] sealed) {
        entities.createNativeQuery(in(column, "update @t set @c = ?1 where ctid = cast(?2 as tid)"))
                .setParameter(1, sealed)
                .setParameter(2, address.toString())
                .executeUpdate();
    }

    /** Values from the first address to before the second, by the key that sealed them. */
    Map<String, Long> counts(SealedColumn column, RowAddress from, RowAddress before) {
        String select = "select " + KEY_OF + ", count(*) from @t where ctid >= cast(?1 as tid)"
                + " and ctid < cast(?2 as tid) and @c is not null group by 1";
        Map<String, Long> counts = new HashMap<>();
        for (Object row : entities.createNativeQuery(in(column, select))
                .setParameter(1, from.toString())
                .setParameter(2, before.toString())
                .getResultList()) {
            Object[] members = (Object[]) row;
            counts.put((String) members[0], ((Number) members[1]).longValue());
        }
        return counts;
    }

    private static String in(SealedColumn column, String sql) {
        return sql.replace("@t", column.table()).replace("@c", column.column());
    }

    void made(SealingKeyEntity key) {
        entities.persist(key);
    }

    List<SealingKeyEntity> keys() {
        return entities.createQuery("from SealingKeyEntity", SealingKeyEntity.class)
                .getResultList();
    }
}

package io.terrafleet.api.organization;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The door to the tag keys that an organization has a meaning for. At most 100. */
@ApplicationScoped
public class ReservedTagKeys {
    private static final int MOST = 100;

    private final TagStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    ReservedTagKeys(TagStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A tag key with a meaning.
     *
     * @param id {@code rtk-} and 16 letters or digits
     * @param disableOverrides whether a workspace must keep the value that its project gives the key
     */
    public record ReservedTagKey(
            String id,
            String organizationId,
            String key,
            boolean disableOverrides,
            Instant createdAt,
            Instant updatedAt) {}

    @Transactional
    public Optional<ReservedTagKey> find(String id) {
        return store.reserved(id).map(ReservedTagKeys::view);
    }

    /** By key. */
    @Transactional
    public List<ReservedTagKey> of(String organizationId) {
        return store.reservedOf(organizationId).stream()
                .map(ReservedTagKeys::view)
                .toList();
    }

    /** Keys whose inherited value stays. */
    @Transactional
    public Set<String> fixedOf(String organizationId) {
        return store.reservedOf(organizationId).stream()
                .filter(reserved -> reserved.disableOverrides)
                .map(reserved -> reserved.key)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Transactional
    public ReservedTagKey create(String organizationId, String key, boolean disableOverrides) {
        checkKey(key);
        List<ReservedTagKeyEntity> all = store.reservedOf(organizationId);
        requireFree(all, key, "");
        if (all.size() >= MOST) {
            throw Problem.unprocessable("An organization may have at most " + MOST + " reserved tag keys.");
        }
        ReservedTagKeyEntity reserved = new ReservedTagKeyEntity();
        reserved.id = Ids.make("rtk", random);
        reserved.organizationId = organizationId;
        reserved.key = key;
        reserved.disableOverrides = disableOverrides;
        reserved.createdAt = clock.instant();
        reserved.updatedAt = reserved.createdAt;
        store.add(reserved);
        return view(reserved);
    }

    @Transactional
    public ReservedTagKey change(String id, Optional<String> key, Optional<Boolean> disableOverrides) {
        ReservedTagKeyEntity reserved = store.reserved(id).orElseThrow(Problem::notFound);
        key.ifPresent(text -> {
            checkKey(text);
            requireFree(store.reservedOf(reserved.organizationId), text, id);
            reserved.key = text;
        });
        disableOverrides.ifPresent(value -> reserved.disableOverrides = value);
        reserved.updatedAt = clock.instant();
        store.flush();
        return view(reserved);
    }

    @Transactional
    public void delete(String id) {
        store.remove(store.reserved(id).orElseThrow(Problem::notFound));
    }

    private static void requireFree(List<ReservedTagKeyEntity> all, String key, String self) {
        if (all.stream().anyMatch(other -> other.key.equals(key) && !other.id.equals(self))) {
            throw Problem.invalid("key", "Key has already been taken");
        }
    }

    private static void checkKey(String key) {
        try {
            TagRules.checkKey(key);
        } catch (Problem e) {
            throw Problem.invalid("key", "Key is invalid");
        }
    }

    private static ReservedTagKey view(ReservedTagKeyEntity reserved) {
        return new ReservedTagKey(
                reserved.id,
                reserved.organizationId,
                reserved.key,
                reserved.disableOverrides,
                reserved.createdAt,
                reserved.updatedAt);
    }
}

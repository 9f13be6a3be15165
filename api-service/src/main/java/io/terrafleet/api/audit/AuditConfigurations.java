package io.terrafleet.api.audit;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to whether an organization's trail can be read by its address. It is kept, and told on its topic, in any case. */
@ApplicationScoped
public class AuditConfigurations {
    private final AuditConfigurationStore store;
    private final AuditTrail trail;
    private final InstantSource clock;

    AuditConfigurations(AuditConfigurationStore store, AuditTrail trail, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.trail = trail;
        this.clock = clock;
    }

    /** @param changedAt when it was said last; empty for what nobody has said anything about */
    public record Configuration(String organizationId, boolean readable, Optional<Instant> changedAt) {}

    @Transactional
    public Configuration of(String organizationId) {
        return store.find(organizationId)
                .map(AuditConfigurations::view)
                .orElse(new Configuration(organizationId, true, Optional.empty()));
    }

    @Transactional
    public Configuration set(String organizationId, boolean readable) {
        Optional<AuditConfigurationEntity> known = store.find(organizationId);
        AuditConfigurationEntity row = known.orElseGet(() -> {
            AuditConfigurationEntity fresh = new AuditConfigurationEntity();
            fresh.organizationId = organizationId;
            return fresh;
        });
        row.readable = readable;
        row.changedAt = clock.instant();
        if (known.isEmpty()) {
            store.add(row);
        }
        return view(row);
    }

    /** An entry that says nothing has changed: whoever listens can see whether it arrives. */
    @Transactional
    public void test(String organizationId) {
        trail.add(new RowChange(
                "audit_configuration", organizationId, "update", List.of(), Map.of("organizationId", organizationId)));
    }

    private static Configuration view(AuditConfigurationEntity row) {
        return new Configuration(row.organizationId, row.readable, Optional.of(row.changedAt));
    }
}

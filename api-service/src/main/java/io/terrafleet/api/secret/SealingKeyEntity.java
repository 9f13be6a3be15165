package io.terrafleet.api.secret;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key that somebody had made; as a row, so that the audit trail knows who. */
@Entity
@Table(name = "sealing_key")
@SuppressWarnings("NullAway.Init")
public class SealingKeyEntity {
    /** As in {@link Secrets#key()}. */
    @Id
    public String id;

    @Column(name = "made_at")
    public Instant madeAt;

    @Column(name = "withdrawn_at")
    public @Nullable Instant withdrawnAt;
}

package io.terrafleet.api.ingress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

@Entity
@DynamicUpdate // others write other columns of the row
@Table(name = "repository")
@SuppressWarnings("NullAway.Init")
class RepositoryEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "client_id")
    @Nullable
    String clientId;

    String identifier;

    @Column(name = "default_branch")
    String defaultBranch = "";

    @Column(name = "looked_at")
    @Nullable
    Instant lookedAt;

    @Column(name = "look_due_at")
    Instant lookDueAt;

    @Column(name = "name_asked_at")
    @Nullable
    Instant nameAskedAt;

    @Column(name = "host_id")
    @Nullable
    String hostId;

    @Column(name = "name_told")
    @Nullable
    String nameTold;

    @Column(name = "taken_until")
    @Nullable
    Instant takenUntil;

    @Nullable
    String error;

    @Column(name = "created_at")
    Instant createdAt;

    Optional<String> client() {
        return Optional.ofNullable(clientId);
    }
}

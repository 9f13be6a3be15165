package io.terrafleet.api.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "notification_configuration")
@SuppressWarnings("NullAway.Init")
class NotificationEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    @Column(name = "project_id")
    @Nullable
    String projectId;

    @Column(name = "team_id")
    @Nullable
    String teamId;

    String name;
    String destination;
    boolean enabled;
    String url = "";

    @Column(name = "sealed_token")
    byte @Nullable [] sealedToken;

    String[] triggers = {};

    @Column(name = "email_addresses")
    String[] emailAddresses = {};

    @Column(name = "user_ids")
    String[] userIds = {};

    @JdbcTypeCode(SqlTypes.JSON)
    String responses = "[]";

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** What the sealed token is bound to. */
    String context() {
        return "notification-token/" + id;
    }
}

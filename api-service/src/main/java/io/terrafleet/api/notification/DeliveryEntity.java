package io.terrafleet.api.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "notification_delivery")
@SuppressWarnings("NullAway.Init")
class DeliveryEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "configuration_id")
    String configurationId;

    @JdbcTypeCode(SqlTypes.JSON)
    String message;

    int attempts;

    @Column(name = "due_at")
    Instant dueAt;
}

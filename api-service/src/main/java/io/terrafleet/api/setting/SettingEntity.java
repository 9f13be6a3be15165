package io.terrafleet.api.setting;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "site_setting")
@SuppressWarnings("NullAway.Init")
class SettingEntity {
    @Id
    String name;

    @JdbcTypeCode(SqlTypes.JSON)
    String content;

    byte @Nullable [] sealed;

    @Column(name = "updated_at")
    Instant updatedAt;
}

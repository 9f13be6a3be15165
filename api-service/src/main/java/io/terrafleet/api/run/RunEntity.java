package io.terrafleet.api.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "run")
@SuppressWarnings("NullAway.Init")
class RunEntity {
    @Id
    String id;

    @Generated(event = EventType.INSERT)
    @Column(insertable = false, updatable = false)
    long number;

    @Column(name = "workspace_id")
    String workspaceId;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "configuration_version_id")
    String configurationVersionId;

    @Column(name = "plan_only")
    boolean planOnly;

    String status;

    boolean finished;

    @Column(name = "holds_turn")
    boolean holdsTurn;

    @JdbcTypeCode(SqlTypes.JSON)
    String state;

    @JdbcTypeCode(SqlTypes.JSON)
    String options;

    @JdbcTypeCode(SqlTypes.JSON)
    String timestamps;

    byte @Nullable [] variables;

    String message;

    String source;

    @Column(name = "created_by_id")
    String createdById;

    @Column(name = "created_by_name")
    String createdByName;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "changed_at")
    Instant changedAt;

    String engine;

    @Column(name = "terraform_version")
    String terraformVersion;

    @Column(name = "exact_version")
    @Nullable
    String exactVersion;

    @Column(name = "policy_check")
    boolean policyCheck;

    @Column(name = "agent_pool_id")
    @Nullable
    String agentPoolId;

    @Column(name = "job_news")
    @Nullable
    String jobNews;

    @Version
    int version;

    /** What was read of the JSON in this row, by that JSON: a transition looks at the same state many times. */
    @Transient
    final Map<String, Object> read = new HashMap<>();
}

package io.terrafleet.api.variable;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "variable")
@SuppressWarnings("NullAway.Init")
class VariableEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    String workspaceId;

    String category;

    @Column(name = "key")
    String key;

    byte[] sealed;

    boolean sensitive;

    boolean hcl;

    String description;

    @Column(name = "version_id")
    String versionId;

    @Column(name = "created_at")
    Instant createdAt;

    /** What a sealed value is bound to: it cannot be moved to another row. */
    String context() {
        return "variable/" + id;
    }
}

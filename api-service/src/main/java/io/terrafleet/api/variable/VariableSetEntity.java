package io.terrafleet.api.variable;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "variable_set")
@SuppressWarnings("NullAway.Init")
class VariableSetEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    @Nullable
    String projectId;

    String name;
    String description;
    boolean global;
    boolean priority;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @ElementCollection
    @CollectionTable(name = "variable_set_workspace", joinColumns = @JoinColumn(name = "variable_set_id"))
    @Column(name = "workspace_id")
    @Fetch(FetchMode.SUBSELECT)
    Set<String> workspaceIds = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "variable_set_project", joinColumns = @JoinColumn(name = "variable_set_id"))
    @Column(name = "project_id")
    @Fetch(FetchMode.SUBSELECT)
    Set<String> projectIds = new HashSet<>();
}

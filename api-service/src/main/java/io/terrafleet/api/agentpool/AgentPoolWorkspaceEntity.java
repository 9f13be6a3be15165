package io.terrafleet.api.agentpool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A workspace that a pool allows, or excludes. */
@Entity
@Table(name = "agent_pool_workspace")
@IdClass(AgentPoolWorkspaceEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class AgentPoolWorkspaceEntity {
    record Key(String poolId, String workspaceId, boolean excluded) implements Serializable {}

    @Id
    @Column(name = "pool_id")
    String poolId;

    @Id
    @Column(name = "workspace_id")
    String workspaceId;

    @Id
    boolean excluded;
}

package io.terrafleet.api.agentpool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A project all of whose workspaces a pool allows. */
@Entity
@Table(name = "agent_pool_project")
@IdClass(AgentPoolProjectEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class AgentPoolProjectEntity {
    record Key(String poolId, String projectId) implements Serializable {}

    @Id
    @Column(name = "pool_id")
    String poolId;

    @Id
    @Column(name = "project_id")
    String projectId;
}

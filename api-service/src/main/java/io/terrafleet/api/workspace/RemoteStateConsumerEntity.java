package io.terrafleet.api.workspace;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

@Entity
@Table(name = "remote_state_consumer")
@IdClass(RemoteStateConsumerEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class RemoteStateConsumerEntity {
    @Id
    @Column(name = "workspace_id")
    String workspaceId;

    @Id
    @Column(name = "consumer_id")
    String consumerId;

    record Key(String workspaceId, String consumerId) implements Serializable {}
}

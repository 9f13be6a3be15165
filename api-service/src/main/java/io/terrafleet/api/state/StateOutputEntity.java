package io.terrafleet.api.state;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "state_version_output")
@SuppressWarnings("NullAway.Init")
class StateOutputEntity {
    @Id
    String id;

    @Column(name = "state_version_id")
    String stateVersionId;

    int position;
    String name;
    boolean sensitive;
    String type;

    @Column(name = "sealed_value")
    byte[] sealedValue;
}

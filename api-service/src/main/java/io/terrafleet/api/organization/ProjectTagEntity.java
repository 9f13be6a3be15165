package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

@Entity
@Table(name = "project_tag")
@IdClass(ProjectTagEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class ProjectTagEntity {
    @Id
    @Column(name = "project_id")
    String projectId;

    @Id
    @Column(name = "key")
    String key;

    @Column(name = "value")
    String value;

    record Key(String projectId, String key) implements Serializable {}
}

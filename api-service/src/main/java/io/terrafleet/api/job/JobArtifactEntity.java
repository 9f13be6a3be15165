package io.terrafleet.api.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

@Entity
@Table(name = "job_artifact")
@IdClass(JobArtifactEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class JobArtifactEntity {
    @Id
    @Column(name = "job_id")
    String jobId;

    @Id
    String kind;

    @Column(name = "artifact_id")
    String artifactId;

    record Key(String jobId, String kind) implements Serializable {}
}

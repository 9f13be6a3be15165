package io.terrafleet.api.ingress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Where a branch or a tag was when we last heard of it. */
@Entity
@Table(name = "repository_head")
@IdClass(HeadEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class HeadEntity {
    @Id
    @Column(name = "repository_id")
    String repositoryId;

    /** {@code refs/heads/…} or {@code refs/tags/…}. */
    @Id
    String ref;

    @Column(name = "commit_sha")
    String commit;

    record Key(String repositoryId, String ref) implements Serializable {}
}

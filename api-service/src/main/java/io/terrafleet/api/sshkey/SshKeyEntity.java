package io.terrafleet.api.sshkey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "ssh_key")
@SuppressWarnings("NullAway.Init")
class SshKeyEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;

    byte[] sealed;

    @Column(name = "created_at")
    Instant createdAt;

    /** What the sealed key is bound to. */
    String context() {
        return "ssh-key/" + id;
    }
}

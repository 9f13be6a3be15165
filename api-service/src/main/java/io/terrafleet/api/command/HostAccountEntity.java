package io.terrafleet.api.command;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

@Entity
@Table(name = "host_account")
@IdClass(HostAccountEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class HostAccountEntity {
    @Id
    @Column(name = "client_id")
    String clientId;

    /** What the host calls the account for good; names can be given up and taken by others. */
    @Id
    @Column(name = "account_id")
    String accountId;

    String login;

    @Column(name = "user_id")
    String userId;

    @Column(name = "linked_at")
    Instant linkedAt;

    record Key(String clientId, String accountId) implements Serializable {}
}

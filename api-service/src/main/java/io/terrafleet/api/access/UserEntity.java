package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "app_user")
@SuppressWarnings("NullAway.Init")
class UserEntity {
    @Id
    String id;

    String username;

    String email;

    @Column(name = "site_admin")
    boolean siteAdmin;

    /** Only an address so far, to which somebody sent an invitation; the name is the address. */
    boolean invited;

    /** Gets in with no token. */
    boolean suspended;

    @Column(name = "created_at")
    Instant createdAt;
}

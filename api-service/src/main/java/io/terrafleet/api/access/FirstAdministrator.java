package io.terrafleet.api.access;

import io.quarkus.runtime.StartupEvent;
import io.terrafleet.api.access.Users.User;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Gives a new installation somebody who can sign in, and an old one keyed tokens. */
@ApplicationScoped
class FirstAdministrator {
    private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
    private static final int SHORTEST = 8;

    void ensure(@Observes @Priority(1_000) StartupEvent started, AccessConfig config, Users users, Tokens tokens) {
        tokens.bringUnderKey();
        config.adminToken().ifPresent(secret -> {
            if (secret.length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "terrafleet.access.admin-token must have at least " + SHORTEST + " characters");
            }
            if (secret.length() < 20) {
                LOG.warn("terrafleet.access.admin-token is short; take a random one of 40 characters or more");
            }
            User admin = users.ensure("admin", "admin@terrafleet.invalid", true);
            tokens.preset(admin.id(), "site administrator, from terrafleet.access.admin-token", secret);
        });
    }
}

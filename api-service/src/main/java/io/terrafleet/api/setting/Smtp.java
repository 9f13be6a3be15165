package io.terrafleet.api.setting;

import java.util.Optional;

/**
 * The server that takes the mail of notifications.
 *
 * @param enabled false: as {@code quarkus.mailer} says
 * @param auth {@code none}, {@code plain} or {@code login}
 */
public record Smtp(
        boolean enabled,
        String host,
        int port,
        String sender,
        String auth,
        String username,
        Optional<String> password) {
    static final Smtp UNSET = new Smtp(false, "", 25, "", "none", "", Optional.empty());

    Smtp with(Optional<String> secret) {
        return new Smtp(enabled, host, port, sender, auth, username, secret);
    }

    @Override
    public String toString() {
        return "Smtp[" + host + ":" + port + "]";
    }
}

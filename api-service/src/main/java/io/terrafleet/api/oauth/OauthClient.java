package io.terrafleet.api.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a version control system.
 *
 * @param id {@code oc-} and 16 letters or digits
 * @param key the client's id there; its secret is never shown
 * @param organizationScoped whether every project may use it; otherwise those named
 */
record OauthClient(
        String id,
        String organizationId,
        Optional<String> name,
        ServiceProvider provider,
        String httpUrl,
        String apiUrl,
        Optional<String> key,
        Optional<String> rsaPublicKey,
        boolean organizationScoped,
        List<String> projectIds,
        List<Token> tokens,
        Instant createdAt,
        Instant updatedAt) {

    /** @param id {@code ot-} and 16 letters or digits */
    record Token(
            String id,
            String clientId,
            String organizationId,
            String serviceProviderUser,
            boolean hasSshKey,
            Instant createdAt) {}
}

package io.terrafleet.api.hook;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that came in.
 *
 * @param id {@code whd-} and 16 letters or digits
 * @param delivery what its host calls it
 * @param event the host's word for what happened
 * @param size in bytes
 * @param state the word for how far it is
 * @param note what came of it, or why it was refused
 */
record WebhookDelivery(
        String id,
        String clientId,
        String delivery,
        String event,
        String repository,
        int size,
        String state,
        String note,
        Instant receivedAt,
        Optional<Instant> processedAt) {}

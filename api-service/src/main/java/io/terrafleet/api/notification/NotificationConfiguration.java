package io.terrafleet.api.notification;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Who is told of what.
 *
 * @param id {@code nc-} and 16 letters or digits
 * @param url where to; empty for mail
 * @param emailAddresses of people outside; mail only
 * @param userIds of users who get mail
 * @param responses to the latest attempts, newest first
 */
public record NotificationConfiguration(
        String id,
        Subscribable subscribable,
        String name,
        Destination destination,
        boolean enabled,
        String url,
        Set<Trigger> triggers,
        List<String> emailAddresses,
        List<String> userIds,
        List<DeliveryResponse> responses,
        Instant createdAt,
        Instant updatedAt) {}

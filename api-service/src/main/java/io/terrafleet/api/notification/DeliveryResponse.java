package io.terrafleet.api.notification;

import java.time.Instant;
import java.util.Map;

/**
 * What came of one attempt.
 *
 * @param body of the answer, at most 4,096 characters; for an attempt without an answer, why
 * @param code HTTP status; 0 without an answer
 */
public record DeliveryResponse(
        String url, String body, int code, Map<String, String> headers, Instant sentAt, boolean successful) {
    static final int LONGEST_BODY = 4_096;

    static DeliveryResponse failed(String url, String why, Instant sentAt) {
        return new DeliveryResponse(url, why, 0, Map.of(), sentAt, false);
    }
}

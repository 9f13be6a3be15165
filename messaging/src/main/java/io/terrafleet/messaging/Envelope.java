package io.terrafleet.messaging;

import io.terrafleet.contracts.event.Fact;
import java.util.Map;

/**
 * A fact as it arrived.
 *
 * @param id the CloudEvents id: the same on every delivery of the same event
 * @param source who wrote it, for example {@code /terrafleet/api}
 */
public record Envelope<F extends Fact>(String id, String type, String source, F fact) {
    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";

    /** CloudEvents 1.0 attributes as headers of a Kafka record in binary mode; the subject is the key. */
    static Map<String, String> headers(String id, String type, String source, String time, String subject) {
        return Map.of(
                "ce_specversion",
                "1.0",
                ID,
                id,
                TYPE,
                type,
                SOURCE,
                source,
                "ce_time",
                time,
                "ce_subject",
                subject,
                "content-type",
                "application/json");
    }
}

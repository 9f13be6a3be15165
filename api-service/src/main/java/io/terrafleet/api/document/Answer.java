package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;

/** A document, written already: its length is known, so it leaves in one piece. */
final class Answer {
    private final byte[] json;

    Answer(ObjectNode document) {
        this.json = Json.write(document);
    }

    byte[] json() {
        return json;
    }
}

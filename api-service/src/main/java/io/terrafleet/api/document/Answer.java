package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;

/** A document on its way out. It is written as a whole: its length is known, so it leaves in one piece. */
record Answer(ObjectNode document) {
    byte[] json() {
        return Json.write(document);
    }
}

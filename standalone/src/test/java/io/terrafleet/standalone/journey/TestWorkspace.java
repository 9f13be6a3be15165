package io.terrafleet.standalone.journey;

import io.terrafleet.standalone.client.TfeClient;
import java.util.Map;

/** A workspace with a configuration, ready to run. */
record TestWorkspace(TfeClient api, String id, String configuration) {

    TestWorkspace(TfeClient api, String id) {
        this(api, id, "");
    }

    /** The same workspace with another configuration. */
    TestWorkspace configured(byte[] tarGz) {
        return new TestWorkspace(api, id, api.uploadConfiguration(id, tarGz, false));
    }

    TestRun startRun() {
        return startRun(Map.of());
    }

    TestRun startRun(Map<String, Object> attributes) {
        return new TestRun(api, api.startRun(id, configuration, attributes).id());
    }
}

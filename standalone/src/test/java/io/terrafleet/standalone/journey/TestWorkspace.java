package io.terrafleet.standalone.journey;

import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.testkit.TarGz;
import java.util.Map;

/** A workspace with a configuration, ready to run. */
record TestWorkspace(TfeClient api, String id, String configuration) {

    TestWorkspace(TfeClient api, String id) {
        this(api, id, "");
    }

    /** A workspace and its configuration, the files given by name. */
    static TestWorkspace in(TfeClient api, String organization, String name, Map<String, String> files) {
        String id = api.createWorkspace(organization, name, Map.of("structured-run-output-enabled", false));
        return new TestWorkspace(api, id).configured(TarGz.of(files));
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

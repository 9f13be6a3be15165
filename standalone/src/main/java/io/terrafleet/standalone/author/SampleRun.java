package io.terrafleet.standalone.author;

import io.terrafleet.contracts.event.RunDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The run that a plan is judged in when there is none: an ordinary one that says nothing. */
final class SampleRun {
    static final RunDocument RUN = new RunDocument(
            "run-0000000000000000",
            Instant.EPOCH,
            "",
            "",
            false,
            true,
            false,
            List.of(),
            List.of(),
            true,
            new RunDocument.Project("prj-0000000000000000", "default"),
            Map.of(),
            "",
            new RunDocument.Workspace("ws-0000000000000000", "", Instant.EPOCH, "", "local", false, List.of(), ""));

    private SampleRun() {}
}

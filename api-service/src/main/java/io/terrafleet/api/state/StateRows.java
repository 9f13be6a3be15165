package io.terrafleet.api.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Between rows, records and raw states. */
final class StateRows {
    private StateRows() {}

    /** A pending row, not yet stored. */
    static StateEntity begin(String id, WorkspaceId workspace, NewState wanted, Instant now) {
        StateEntity row = new StateEntity();
        row.id = id;
        row.workspaceId = workspace.value();
        row.status = "pending";
        row.serial = wanted.serial();
        row.lineage = wanted.lineage().orElse("");
        row.md5 = wanted.md5();
        row.forced = wanted.force();
        row.createdAt = now;
        return row;
    }

    /** 422 when the content is not what was promised. */
    static void requireKept(NewState wanted, Taken taken) {
        if (!taken.md5().equals(wanted.md5())) {
            throw Problem.invalid("md5", "Md5 " + wanted.md5() + " is not that of the state received, " + taken.md5());
        }
        String lineage = taken.file().lineage();
        wanted.lineage()
                .filter(promised -> !promised.isEmpty() && !lineage.isEmpty() && !promised.equals(lineage))
                .ifPresent(promised -> {
                    throw Problem.invalid(
                            "lineage", "Lineage " + promised + " is not that of the state received, " + lineage);
                });
    }

    /** The same state with another serial; every other byte stays. */
    static byte[] renumbered(byte[] raw, long serial) {
        try (JsonParser json = Json.mapper().createParser(raw)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals("serial");
                json.nextToken();
                if (found) {
                    int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
                    int end = start + json.getTextLength();
                    ByteArrayOutputStream renumbered = new ByteArrayOutputStream(raw.length + 20);
                    renumbered.write(raw, 0, start);
                    renumbered.write(Long.toString(serial).getBytes(StandardCharsets.US_ASCII));
                    renumbered.write(raw, end, raw.length - end);
                    return renumbered.toByteArray();
                }
                json.skipChildren();
            }
            throw new IllegalStateException("a state without a serial was stored");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StateVersion view(StateEntity row) {
        return new StateVersion(
                row.id,
                new WorkspaceId(row.workspaceId),
                row.status,
                row.serial,
                row.lineage,
                row.md5,
                Optional.ofNullable(row.runId).map(RunId::new),
                Optional.ofNullable(row.rollbackOf),
                !row.status.equals("finalized")
                                || row.artifactId == null
                                || row.artifactSha256 == null
                                || row.artifactSize == null
                        ? Optional.empty()
                        : Optional.of(new ArtifactRef(row.artifactId, row.artifactSha256, row.artifactSize)),
                row.jsonArtifactId != null && !row.status.startsWith("backing_data"),
                Optional.ofNullable(row.terraformVersion).orElse(""),
                Optional.ofNullable(row.format).orElse(0),
                row.managedResources,
                summary(row),
                Optional.ofNullable(row.createdById),
                row.createdAt);
    }

    private static JsonNode summary(StateEntity row) {
        try {
            return row.summary == null ? NullNode.getInstance() : Json.mapper().readTree(row.summary);
        } catch (IOException e) {
            throw new UncheckedIOException("the summary of state " + row.id + " is not kept as JSON", e);
        }
    }
}

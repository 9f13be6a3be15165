package io.terrafleet.api.planexport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files of an export, a tar.gz: {@code tfplan.json} (the plan with sensitive values withheld), {@code tfrun.json}, {@code
 * tfconfig.json} and {@code tfstate.json} (facts of the run, its configuration and the state that it met; never the state itself).
 */
@ApplicationScoped
class PlanExportBundle {
    private final Artifacts artifacts;
    private final Workspaces workspaces;
    private final Configurations configurations;
    private final States states;

    PlanExportBundle(Artifacts artifacts, Workspaces workspaces, Configurations configurations, States states) {
        this.artifacts = artifacts;
        this.workspaces = workspaces;
        this.configurations = configurations;
        this.states = states;
    }

    byte[] of(Run run) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("tfplan.json", plan(RunView.plan(run.state()).orElseThrow()));
        files.put("tfrun.json", Json.write(run(run)));
        files.put("tfconfig.json", Json.write(configuration(run)));
        files.put("tfstate.json", Json.write(state(run)));
        return archive(files);
    }

    private byte[] plan(PlanOutcome plan) {
        try (InputStream content = artifacts.open(plan.redacted().id())) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode run(Run run) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", run.id().value());
        json.put("created_at", run.createdAt().toString());
        json.put("created_by", run.createdByName());
        json.put("message", run.message());
        json.put("source", run.source());
        json.put("status", run.status());
        json.put("is_destroy", run.options().destroy());
        json.put("refresh", run.options().refresh());
        json.put("refresh_only", run.options().refreshOnly());
        json.put("speculative", run.options().planOnly());
        json.set("target_addrs", Json.mapper().valueToTree(run.options().targetAddrs()));
        json.set("replace_addrs", Json.mapper().valueToTree(run.options().replaceAddrs()));
        json.put("terraform_version", run.exactVersion().orElse(run.terraformVersion()));
        workspaces.find(run.workspace()).ifPresent(workspace -> json.set("workspace", workspace(workspace)));
        return json;
    }

    private static ObjectNode workspace(Workspace workspace) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", workspace.id().value());
        json.put("name", workspace.name());
        json.put("organization", workspace.organizationName());
        json.put("project", workspace.projectName());
        json.put("created_at", workspace.createdAt().toString());
        json.put("description", workspace.description());
        json.put("execution_mode", workspace.executionMode());
        json.put("auto_apply", workspace.autoApply());
        json.put("working_directory", workspace.workingDirectory());
        json.set("tags", Json.mapper().valueToTree(workspace.tagBindings()));
        return json;
    }

    private ObjectNode configuration(Run run) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", run.configurationVersionId());
        configurations.find(run.configurationVersionId()).ifPresent(found -> describe(json, found));
        return json;
    }

    private static void describe(ObjectNode json, ConfigurationVersion configuration) {
        json.put("status", configuration.status());
        json.put("source", configuration.source());
        json.put("speculative", configuration.speculative());
        json.put("created_at", configuration.createdAt().toString());
        json.put("created_by", configuration.createdByName());
        configuration.archive().ifPresent(archive -> {
            json.put("sha256", archive.sha256());
            json.put("size", archive.size());
        });
    }

    private JsonNode state(Run run) {
        ObjectNode json = Json.mapper().createObjectNode();
        states.current(run.workspace()).ifPresent(state -> {
            json.put("id", state.id());
            json.put("serial", state.serial());
            json.put("lineage", state.lineage());
            json.put("terraform_version", state.terraformVersion());
            json.put("created_at", state.createdAt().toString());
            json.set("resources", state.summary().path("resources"));
        });
        return json;
    }

    private static byte[] archive(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name())) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0L);
                entry.setIds(0, 0);
                entry.setNames("", "");
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

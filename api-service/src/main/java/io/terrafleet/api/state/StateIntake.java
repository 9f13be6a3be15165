package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How a raw state gets in: kept encrypted, understood, and entered in the rows. */
@ApplicationScoped
class StateIntake {
    private final StateStore store;
    private final StateConfig config;
    private final Artifacts artifacts;
    private final Secrets secrets;
    private final Workspaces workspaces;
    private final RandomGenerator random;

    StateIntake(
            StateStore store,
            StateConfig config,
            Artifacts artifacts,
            Secrets secrets,
            Workspaces workspaces,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.artifacts = artifacts;
        this.secrets = secrets;
        this.workspaces = workspaces;
        this.random = random;
    }

    /** Stores and reads the content; leaves nothing when it is refused. */
    Taken take(InputStream content) {
        MessageDigest md5 = md5();
        ArtifactRef artifact = artifacts.store(new DigestInputStream(content, md5), config.mostBytes());
        try (InputStream stored = artifacts.open(artifact.id())) {
            return new Taken(artifact, HexFormat.of().formatHex(md5.digest()), StateReading.read(stored, config));
        } catch (IOException e) {
            artifacts.delete(artifact.id());
            throw new UncheckedIOException(e);
        } catch (Problem refused) {
            artifacts.delete(artifact.id());
            throw refused;
        }
    }

    /** Stores what {@code terraform show -json} says of the state; only its form is looked at. */
    String takeJson(InputStream content) {
        ArtifactRef artifact = artifacts.store(content, config.mostBytes());
        try (InputStream stored = artifacts.open(artifact.id());
                var json = Json.mapper().createParser(stored)) {
            if (json.nextToken() != com.fasterxml.jackson.core.JsonToken.START_OBJECT) {
                throw Problem.unprocessable("The JSON state is not a JSON object.");
            }
            json.skipChildren();
            return artifact.id();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            artifacts.delete(artifact.id());
            throw Problem.unprocessable("The JSON state is not valid JSON.");
        } catch (IOException e) {
            artifacts.delete(artifact.id());
            throw new UncheckedIOException(e);
        } catch (Problem refused) {
            artifacts.delete(artifact.id());
            throw refused;
        }
    }

    void giveUp(Taken taken) {
        artifacts.delete(taken.artifact().id());
    }

    /** Makes the row finalized, and with it the workspace's current state. */
    void enter(StateEntity row, Taken taken) {
        StateFile file = taken.file();
        fill(row, taken);
        int position = 0;
        for (StateFile.Output output : file.outputs()) {
            StateOutputEntity entity = new StateOutputEntity();
            entity.id = Ids.make("wsout", random);
            entity.stateVersionId = row.id;
            entity.position = position++;
            entity.name = output.name();
            entity.sensitive = output.sensitive();
            entity.type = output.type().toString();
            entity.sealedValue = secrets.seal(Json.write(output.value()), context(entity.id));
            store.add(entity);
        }
        store.flush();
        workspaces.stateChanged(new WorkspaceId(row.workspaceId), file.managedResources());
    }

    /** A new row that is filled before it is added is written once. */
    static void fill(StateEntity row, Taken taken) {
        StateFile file = taken.file();
        row.status = "finalized";
        row.artifactId = taken.artifact().id();
        row.artifactSha256 = taken.artifact().sha256();
        row.artifactSize = taken.artifact().size();
        row.terraformVersion = file.terraformVersion();
        row.format = file.format();
        row.managedResources = file.managedResources();
        row.summary = summary(file.resources()).toString();
    }

    static String context(String outputId) {
        return "state output " + outputId;
    }

    private static ObjectNode summary(List<StateFile.Resources> resources) {
        ObjectNode summary = Json.mapper().createObjectNode();
        ObjectNode modules = summary.putObject("modules");
        ObjectNode providers = summary.putObject("providers");
        var list = summary.putArray("resources");
        for (StateFile.Resources group : resources) {
            String kind = group.type().replace('_', '-').toLowerCase(Locale.ROOT);
            count(modules.withObjectProperty(group.module()), kind, group.count());
            count(providers.withObjectProperty(group.provider()), kind, group.count());
            list.addObject()
                    .put("name", group.name())
                    .put("type", group.type())
                    .put("count", group.count())
                    .put("module", group.module())
                    .put("provider", group.provider());
        }
        return summary;
    }

    private static void count(ObjectNode counts, String kind, int more) {
        counts.put(kind, counts.path(kind).asInt() + more);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }
}

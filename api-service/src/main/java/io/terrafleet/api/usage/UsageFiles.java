package io.terrafleet.api.usage;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.usage.UsageDocument;
import io.terrafleet.contracts.usage.UsageUnreadable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The door to usage files. A file that was replaced stays stored, for a plan that is being priced may still name it. */
@ApplicationScoped
public class UsageFiles {
    /** A larger file, in bytes, is refused. */
    static final int MOST_BYTES = 1_048_576;

    private final UsageFileStore store;
    private final Artifacts artifacts;
    private final InstantSource clock;

    UsageFiles(UsageFileStore store, Artifacts artifacts, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** The text of what was put there. */
    @Transactional
    public Optional<String> find(Place place) {
        return store.find(owner(place)).map(row -> read(row.artifactId));
    }

    /**
     * Checks and keeps the file.
     *
     * @param by a user's name
     */
    @Transactional
    public void put(Place place, InputStream yaml, String by) {
        byte[] bytes = bytes(yaml);
        check(bytes);
        keep(owner(place), place, bytes, by);
    }

    /** Keeps a file that lies in a configuration, as it is. */
    @Transactional
    void shipped(String configurationId, Place place, byte[] yaml, String by) {
        keep(configurationId, place, yaml, by);
    }

    private void keep(String owner, Place place, byte[] yaml, String by) {
        ArtifactRef artifact = artifacts.store(new ByteArrayInputStream(yaml), MOST_BYTES);
        UsageFileEntity row = new UsageFileEntity();
        row.ownerId = owner;
        row.organizationId = place.organizationId();
        row.projectId =
                place.workspaceId().isPresent() ? null : place.projectId().orElse(null);
        row.workspaceId = place.workspaceId().orElse(null);
        row.artifactId = artifact.id();
        row.sha256 = artifact.sha256();
        row.size = artifact.size();
        row.updatedBy = by;
        row.updatedAt = clock.instant();
        store.put(row);
    }

    /** 404 when there is none. */
    @Transactional
    public void delete(Place place) {
        store.remove(store.find(owner(place)).orElseThrow(Problem::notFound));
    }

    /** Those of the organization, the project and the workspace, and the one in the configuration, in that order. */
    @Transactional
    public List<ArtifactRef> applicableTo(Workspace workspace, String configurationId) {
        List<String> owners = List.of(
                workspace.organizationId(),
                workspace.projectId(),
                workspace.id().value(),
                configurationId);
        return store.find(owners).stream()
                .sorted(Comparator.comparingInt(file -> owners.indexOf(file.ownerId)))
                .map(UsageFileEntity::artifact)
                .toList();
    }

    private static String owner(Place place) {
        return place.workspaceId().or(place::projectId).orElse(place.organizationId());
    }

    private static void check(byte[] bytes) {
        try {
            UsageDocument.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Problem.unprocessable("The usage file must be UTF-8.");
        } catch (UsageUnreadable e) {
            throw Problem.unprocessable(e.getMessage() + ".");
        }
    }

    private static byte[] bytes(InputStream yaml) {
        try {
            byte[] bytes = yaml.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Problem.tooLarge("A usage file may have at most " + MOST_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.malformed("The body could not be read to its end.");
        }
    }

    private String read(String artifactId) {
        try (InputStream content = artifacts.open(artifactId)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

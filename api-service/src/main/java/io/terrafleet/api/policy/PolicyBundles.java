package io.terrafleet.api.policy;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The texts of a set as one tar.gz. The same texts under the same names give the same archive, made once. */
@ApplicationScoped
class PolicyBundles {
    private final PolicyStore store;
    private final Artifacts artifacts;
    private final InstantSource clock;

    PolicyBundles(PolicyStore store, Artifacts artifacts, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** @param policies each with a text, in the order of their names */
    ArtifactRef of(List<PolicyEntity> policies) {
        String digest = digest(policies);
        Optional<ArtifactRef> known = known(digest);
        if (known.isPresent()) {
            return known.get();
        }
        ArtifactRef made = artifacts.store(archive(policies));
        if (store.addBundle(digest, made.id(), clock.instant())) {
            return made;
        }
        artifacts.delete(made.id());
        return known(digest).orElseThrow();
    }

    private Optional<ArtifactRef> known(String digest) {
        return store.bundle(digest).flatMap(artifacts::find);
    }

    private static String digest(List<PolicyEntity> policies) {
        StringBuilder content = new StringBuilder("bundle 1\n");
        policies.forEach(policy -> content.append(policy.name)
                .append(' ')
                .append(policy.regoSha256)
                .append('\n'));
        return Policies.sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code NAME/policy.rego} for each, without times or owners. */
    private byte[] archive(List<PolicyEntity> policies) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name())) {
            for (PolicyEntity policy : policies) {
                byte[] text = store.rego(policy.id).orElseThrow().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(policy.name + "/policy.rego");
                entry.setSize(text.length);
                entry.setModTime(0L);
                entry.setIds(0, 0);
                entry.setNames("", "");
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

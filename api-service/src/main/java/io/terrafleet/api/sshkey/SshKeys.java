package io.terrafleet.api.sshkey;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to SSH keys. At most 500 to an organization; a key of at most 16 KiB. */
@ApplicationScoped
public class SshKeys {
    static final int LONGEST_KEY = 16_384;
    private static final int LONGEST_NAME = 250;
    private static final int MOST = 500;

    private final SshKeyStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    SshKeys(
            SshKeyStore store,
            Secrets secrets,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<SshKey> find(String id) {
        return store.find(id).map(SshKeys::view);
    }

    /** By name. */
    @Transactional
    public List<SshKey> of(String organizationId) {
        return store.of(organizationId).stream().map(SshKeys::view).toList();
    }

    /** The key in clear: for the runner of a phase that was claimed, and for nobody else. */
    @Transactional
    public Optional<String> forRun(Workspace workspace) {
        return workspace
                .traits()
                .sshKeyId()
                .flatMap(store::find)
                .map(key -> secrets.unsealText(key.sealed, key.context()));
    }

    @Transactional
    public SshKey create(String organizationId, String name, String value) {
        if (store.of(organizationId).size() >= MOST) {
            throw Problem.unprocessable("An organization may have at most " + MOST + " SSH keys.");
        }
        checkName(name);
        checkValue(value);
        SshKeyEntity key = new SshKeyEntity();
        key.id = Ids.make("sshkey", random);
        key.organizationId = organizationId;
        key.name = name;
        key.sealed = secrets.seal(value.endsWith("\n") ? value : value + "\n", key.context());
        key.createdAt = clock.instant();
        store.add(key);
        return view(key);
    }

    /** The name only: another key is another SSH key. */
    @Transactional
    public SshKey rename(String id, Optional<String> name) {
        SshKeyEntity key = store.find(id).orElseThrow(Problem::notFound);
        name.ifPresent(text -> {
            checkName(text);
            key.name = text;
        });
        store.flush();
        return view(key);
    }

    /** Workspaces that used it have none afterwards. */
    @Transactional
    public void delete(String id) {
        store.remove(store.find(id).orElseThrow(Problem::notFound));
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw Problem.invalid("name", "Name can't be blank");
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name", "Name may have at most 250 characters and no control character");
        }
    }

    /** A private key in PEM form, as {@code ssh-keygen} writes it, without a passphrase that nobody could type. */
    private static void checkValue(String value) {
        String text = value.strip();
        if (!text.startsWith("-----BEGIN ")
                || !text.contains("PRIVATE KEY-----")
                || !text.endsWith("-----")
                || text.contains("ENCRYPTED")) {
            throw Problem.invalid("value", "Ssh key is invalid");
        }
    }

    private static SshKey view(SshKeyEntity key) {
        return new SshKey(key.id, key.organizationId, key.name);
    }
}

package io.terrafleet.api.vcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** Connections over SSH with one private key, to hosts whose keys the operator has written down; nothing of the machine's own user is used. */
final class SshConnections {
    private SshConnections() {}

    /**
     * @param privateKey PEM or OpenSSH's form, without a passphrase
     * @param knownHosts in OpenSSH's form; a host that is not in it is refused
     * @param home an empty directory
     */
    static SshdSessionFactory with(String privateKey, Path knownHosts, Path home) throws RepositoryRefused {
        List<KeyPair> keys = keys(privateKey);
        return new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(home.toFile())
                .setSshDirectory(home.toFile())
                .setConfigStoreFactory((homeDirectory, file, user) -> null)
                .setDefaultIdentities(directory -> List.of())
                .setDefaultKeysProvider(directory -> keys)
                .setDefaultKnownHostsFiles(directory -> List.of(knownHosts))
                .build(null);
    }

    private static List<KeyPair> keys(String privateKey) throws RepositoryRefused {
        try {
            Iterable<KeyPair> read = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("key"),
                    new ByteArrayInputStream(privateKey.getBytes(StandardCharsets.UTF_8)),
                    null);
            List<KeyPair> keys = new ArrayList<>();
            if (read != null) {
                read.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw new RepositoryRefused("the connection's SSH key is not a private key");
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new RepositoryRefused("the connection's SSH key cannot be read; it must have no passphrase");
        }
    }
}

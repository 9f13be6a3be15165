package io.terrafleet.api.vcs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.UploadPack;

/** A real SSH server that serves one repository to who has its key. */
final class SshHost implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey = newKey();
    private final KeyPair userKey = newKey();

    SshHost(Path repository) throws IOException {
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setCommandFactory((channel, command) -> new Upload(repository));
        server.start();
    }

    URI address() {
        return URI.create("ssh://git@127.0.0.1:" + server.getPort() + "/acme/policies.git");
    }

    String knownHosts() {
        return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
    }

    String privateKey() {
        return written(userKey);
    }

    static String anotherKey() {
        return written(newKey());
    }

    private static String written(KeyPair key) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, text);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** {@code git-upload-pack}, whatever was asked for. */
    @SuppressWarnings("NullAway.Init")
    private static final class Upload implements Command {
        private final Path directory;
        private InputStream input;
        private OutputStream output;
        private OutputStream errors;
        private ExitCallback callback;

        Upload(Path directory) {
            this.directory = directory;
        }

        @Override
        public void setInputStream(InputStream stream) {
            input = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            output = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            errors = stream;
        }

        @Override
        public void setExitCallback(ExitCallback exit) {
            callback = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            try (Repository repository = new FileRepositoryBuilder()
                    .setGitDir(directory.toFile())
                    .setBare()
                    .build()) {
                new UploadPack(repository).upload(input, output, errors);
                callback.onExit(0);
            } catch (IOException e) {
                callback.onExit(1, e.toString());
            }
        }

        @Override
        public void destroy(ChannelSession channel) {}
    }
}

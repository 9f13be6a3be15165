package io.terrafleet.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** One repository at two hosts of this machine: by https with a certificate that nobody knows, and by ssh for one key. */
final class GitHosts implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final HttpsServer https;
    private final SshServer ssh;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    GitHosts(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        this.directory = directory;
        makeRepository();
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ecdsa",
                "-N",
                "",
                "-f",
                directory.resolve("key").toString());
        https = https();
        ssh = ssh();
    }

    private void makeRepository() throws IOException, InterruptedException {
        Path work = Files.createDirectories(directory.resolve("work"));
        Files.writeString(work.resolve("main.tf"), "output \"module\" { value = \"cloned\" }\n");
        String git = work.toString();
        run("git", "-C", git, "init", "-q");
        run("git", "-C", git, "add", "main.tf");
        run("git", "-C", git, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first");
        run("git", "clone", "-q", "--bare", git, repository().toString());
        run("git", "-C", repository().toString(), "update-server-info");
    }

    private Path repository() {
        return directory.resolve("repo.git");
    }

    /** PEM; a certificate that is its own authority. */
    Path authority() {
        return directory.resolve("ca.pem");
    }

    String privateKey() throws IOException {
        return Files.readString(directory.resolve("key"));
    }

    String httpsUrl() {
        return "https://127.0.0.1:" + https.getAddress().getPort() + "/repo.git";
    }

    String sshUrl() {
        return "ssh://git@127.0.0.1:" + ssh.getPort() + repository();
    }

    /** What was asked by ssh. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    private HttpsServer https() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=git",
                "-validity",
                "30",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                authority().toString());
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/repo.git/", this::file);
        server.start();
        return server;
    }

    /** The repository's files as they are, which git can read too. */
    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = directory
                    .resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            if (!file.startsWith(repository()) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private SshServer ssh() throws IOException {
        String known = Files.readString(directory.resolve("key.pub")).split(" ")[1];
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(directory.resolve("host.key")));
        server.setPublickeyAuthenticator((user, key, session) ->
                org.apache.sshd.common.config.keys.PublicKeyEntry.toString(key).contains(known));
        server.setCommandFactory((session, command) -> {
            commands.add(command);
            return new UploadPack(repository());
        });
        server.start();
        return server;
    }

    static String run(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", line) + ":\n" + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        https.stop(0);
        ssh.stop(true);
    }
}

package io.terrafleet.worker.pod;

import io.terrafleet.testkit.Terraform;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Two images from what this machine has, for podman: a shell with terraform, and the JDK with the runner of this build. They are kept under a
 * name made of their content, so that only the first test after a change of the runner waits for them. With
 * {@code -Dterrafleet.podman.runner=IMAGE} the runner is that of an image that is there, as {@code k8s/images/build} makes it.
 *
 * @param runner name of an image
 * @param terraform name of an image, the binary in {@link #BINARY}
 */
record PodmanImages(String runner, String terraform) {
    static final String BINARY = "/bin/terraform";

    private static final Podman USUAL = new Podman(Optional.empty());
    private static final String ON_TOP_OF_JAVA =
            """

            ADD runner.tar /
            ENTRYPOINT ["/java/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", \\
              "-cp", "/runner/classes:/runner/jars/*", "io.terrafleet.runner.Main"]
            """;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x[0-9a-f]+\\)");
    private static final List<String> SHELL =
            List.of("sh", "cat", "chmod", "cp", "grep", "id", "ls", "mv", "sleep", "touch", "true");
    private static final int EXECUTABLE = 0755;

    /** An empty volume of podman's is as the directory of the image that it is mounted on. */
    private static final int FOR_ALL = 041777;

    /** What the runner needs of the class path of this test. */
    private static final Pattern NEEDED = Pattern.compile(
            ".*(?:/runner/|/contracts/|/runner-|/contracts-|/jackson-|/commons-(?:compress|codec|io|lang3)-|/jspecify-|/snakeyaml-).*");

    /** @throws IOException when podman does not take them; says what podman said */
    static PodmanImages made(Path directory) throws IOException {
        Content terraform =
                new Content().shell().file(BINARY, Terraform.orSkip().toRealPath());
        String binary = imported("terraform", terraform, directory);
        String built = System.getProperty("terrafleet.podman.runner", "");
        if (!built.isEmpty()) {
            return new PodmanImages(built, binary);
        }
        Content java = new Content().shell().java(Path.of(System.getProperty("java.home")));
        return new PodmanImages(runner(imported("java", java, directory), directory), binary);
    }

    private static String imported(String name, Content content, Path directory) throws IOException {
        String image = "localhost/terrafleet-test/" + name + ":" + content.hash();
        if (!isThere(image)) {
            Path archive = directory.resolve(name + ".tar");
            content.write(archive);
            taken(List.of("import", "--quiet", archive.toString(), image));
            Files.delete(archive);
        }
        return image;
    }

    /** Little more than a few megabytes on top of java, so that many versions of it may lie about. */
    private static String runner(String java, Path directory) throws IOException {
        Content content = new Content();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (NEEDED.matcher(entry).matches() && !entry.contains("/test-classes")) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    content.tree("/runner/classes", path);
                } else {
                    content.file("/runner/jars/" + path.getFileName(), path);
                }
            }
        }
        String image = "localhost/terrafleet-test/runner:" + content.hash();
        if (!isThere(image)) {
            Path context = Files.createDirectory(directory.resolve("runner"));
            content.write(context.resolve("runner.tar"));
            Files.writeString(context.resolve("Containerfile"), "FROM " + java + ON_TOP_OF_JAVA);
            taken(List.of("build", "--quiet", "--tag", image, context.toString()));
        }
        return image;
    }

    private static boolean isThere(String image) {
        return USUAL.say("image", "exists", image).well();
    }

    private static void taken(List<String> line) throws IOException {
        Podman.Said said = USUAL.say(PATIENCE, line);
        if (!said.well()) {
            throw new IOException("podman makes no image: " + said.text());
        }
    }

    /** Files of this machine and where they are in the image. */
    private static final class Content {
        private final List<Placed> files = new ArrayList<>();
        private final Set<String> names = new TreeSet<>();

        private record Placed(String name, Path source) {}

        Content file(String name, Path source) {
            if (names.add(name)) {
                files.add(new Placed(name, source));
            }
            return this;
        }

        Content tree(String name, Path directory) throws IOException {
            try (Stream<Path> found = Files.walk(directory)) {
                found.filter(Files::isRegularFile)
                        .sorted()
                        .forEach(path -> file(name + "/" + directory.relativize(path), path));
            }
            return this;
        }

        Content shell() throws IOException {
            for (String command : SHELL) {
                Path binary = Path.of("/bin", command);
                file("/bin/" + command, binary);
                libraries(binary);
            }
            return this;
        }

        Content java(Path home) throws IOException {
            file("/java/bin/java", home.resolve("bin/java"));
            tree("/java/conf", home.resolve("conf"));
            try (Stream<Path> found = Files.walk(home.resolve("lib"))) {
                for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
                    String name = String.valueOf(path.getFileName());
                    if (!Set.of("src.zip", "ct.sym", "classlist").contains(name) && !name.endsWith(".jsa")) {
                        file("/java/" + home.relativize(path), path);
                    }
                }
            }
            for (String binary :
                    List.of("bin/java", "lib/server/libjvm.so", "lib/libnet.so", "lib/libnio.so", "lib/libzip.so")) {
                libraries(home.resolve(binary));
            }
            return this;
        }

        /** A program that needs none is a message of ldd's. */
        private void libraries(Path binary) throws IOException {
            Process ldd = new ProcessBuilder("ldd", binary.toString())
                    .redirectErrorStream(true)
                    .start();
            Matcher library = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            while (library.find()) {
                file(library.group(1), Path.of(library.group(1)));
            }
        }

        String hash() throws IOException {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((byte) FOR_ALL);
                for (Placed file : files) {
                    digest.update((file.name() + Files.size(file.source())).getBytes(StandardCharsets.UTF_8));
                    if (file.name().startsWith("/runner/")) {
                        digest.update(Files.readAllBytes(file.source()));
                    }
                }
                return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }

        void write(Path archive) throws IOException {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                TarArchiveEntry temporary = new TarArchiveEntry("tmp/");
                temporary.setMode(FOR_ALL);
                tar.putArchiveEntry(temporary);
                tar.closeArchiveEntry();
                for (Placed file : files) {
                    TarArchiveEntry entry = new TarArchiveEntry(file.name().substring(1));
                    entry.setSize(Files.size(file.source()));
                    entry.setMode(EXECUTABLE);
                    tar.putArchiveEntry(entry);
                    Files.copy(file.source(), tar);
                    tar.closeArchiveEntry();
                }
            }
        }
    }
}

package io.terrafleet.api.secret;

import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A piece of a log of 16 KiB on its way into the database and out of it. */
@State(Scope.Benchmark)
public class SealBenchmark {
    private static final int PIECE = 16_384;
    private static final String CONTEXT = "log run-CZcmD7eagjhyX0vN-plan 0";

    private final Path directory = directory();
    private final Secrets secrets = opened(directory);
    private final byte[] plain = "aws_instance.web: Still creating... [10s elapsed]\n"
            .repeat(PIECE / 50)
            .getBytes(StandardCharsets.UTF_8);
    private final byte[] sealed = secrets.seal(plain, CONTEXT);

    @Benchmark
    public byte[] seal() {
        return secrets.seal(plain, CONTEXT);
    }

    @Benchmark
    public byte[] unseal() {
        return secrets.unseal(sealed, CONTEXT);
    }

    @TearDown
    public void removeKeys() throws IOException {
        Files.deleteIfExists(directory.resolve("keyset.json"));
        Files.deleteIfExists(directory);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("terrafleet-seal-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Secrets opened(Path directory) {
        try {
            Secrets secrets = new Secrets(new KeysInFile(directory.resolve("keyset.json")), new ProofInMemory());
            secrets.open(new StartupEvent());
            return secrets;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stands in for the database. */
    private static final class ProofInMemory extends SecretStore {
        private Optional<byte[]> proof = Optional.empty();

        @SuppressWarnings("NullAway") // what would be asked of it is answered here
        ProofInMemory() {
            super(null);
        }

        @Override
        Optional<byte[]> proof() {
            return proof;
        }

        @Override
        void proof(byte[] sealed) {
            proof = Optional.of(sealed);
        }
    }

    private record KeysInFile(Path keysetFile) implements SecretConfig {
        @Override
        public Duration settle() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Duration pause() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Transit transit() {
            return new NoTransit();
        }
    }

    private record NoTransit() implements SecretConfig.Transit {
        @Override
        public Optional<URI> address() {
            return Optional.empty();
        }

        @Override
        public String mount() {
            return "";
        }

        @Override
        public String key() {
            return "";
        }

        @Override
        public Optional<Path> tokenFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> namespace() {
            return Optional.empty();
        }
    }
}

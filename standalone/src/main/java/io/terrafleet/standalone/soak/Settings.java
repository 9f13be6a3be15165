package io.terrafleet.standalone.soak;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the services of a round are configured with. Leases and deadlines are short, so that what must pass passes within a round.
 *
 * @param root of the project, where the build left the services
 * @param directory of the round
 */
record Settings(Path root, Path directory, Ports ports, String adminToken, String internalKey) {
    static final String SIMULATED = "1.99.0";

    Path temporary() {
        return directory.resolve("tmp");
    }

    Path log(Part part) {
        return directory.resolve("log").resolve(part.word() + ".log");
    }

    Path jar(Part part) {
        String module =
                switch (part) {
                    case API -> "api-service";
                    case WORKER -> "run-worker";
                    case POLICY -> "policy-service";
                    case COST -> "cost-service";
                    case KAFKA, POSTGRES -> throw new IllegalArgumentException(part + " is no service");
                };
        return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    Map<String, String> of(Part part) {
        Map<String, String> keys = new TreeMap<>();
        keys.put("quarkus.banner.enabled", "false");
        keys.put("quarkus.http.host", "127.0.0.1");
        keys.put("quarkus.http.port", Integer.toString(ports.of(part)));
        keys.put("kafka.bootstrap.servers", "localhost:" + ports.kafkaProxy());
        // A consumer that was killed holds its partitions so long.
        keys.put("kafka.session.timeout.ms", "6000");
        keys.put("kafka.heartbeat.interval.ms", "2000");
        keys.put("terrafleet.internal.key", internalKey);
        switch (part) {
            case API -> ofApi(keys);
            case WORKER -> ofWorker(keys);
            case POLICY, COST -> {
                keys.putAll(database(ports.judgesPostgres()));
                keys.put("terrafleet." + part.word() + ".api-url", "http://localhost:" + ports.judgesApi());
            }
            case KAFKA, POSTGRES -> {}
        }
        if (part == Part.COST) {
            keys.put(
                    "terrafleet.cost.prices-directory",
                    directory.resolve("prices").toString());
        }
        return keys;
    }

    private void ofApi(Map<String, String> keys) {
        keys.putAll(database(ports.apiPostgres()));
        keys.put("platform.data", directory.resolve("api").toString());
        keys.put("terrafleet.public-url", "http://localhost:" + ports.api());
        keys.put("terrafleet.run.runner-api-url", "http://localhost:" + ports.runnersApi());
        keys.put("terrafleet.access.admin-token", adminToken);
        keys.put("terrafleet.job.heartbeat-every", "1s");
        keys.put("terrafleet.job.lease", "8s");
        keys.put("terrafleet.job.apply-lease", "90s");
        keys.put("terrafleet.run.force-cancel-after", "2s");
        keys.put("terrafleet.run.claim-within", "90s");
        keys.put("terrafleet.run.assess-within", "180s");
    }

    private void ofWorker(Map<String, String> keys) {
        keys.put("terrafleet.worker.job.worker-name", "soak");
        keys.put("terrafleet.worker.process.data", directory.resolve("worker").toString());
        keys.put("terrafleet.worker.process.slots", "3");
        keys.put("terrafleet.worker.process.stop-grace", "PT10S");
        keys.put(
                "terrafleet.worker.process.jvm-options",
                "-XX:+UseSerialGC,-XX:TieredStopAtLevel=1,-Xmx96m,-XX:MaxMetaspaceSize=96m");
        keys.put(
                "terrafleet.worker.process.runner-classpath",
                root.resolve("runner/target/runtime").toString());
        keys.put("terrafleet.worker.release.binary", simulated().toString());
        keys.put(
                "terrafleet.worker.release.directory",
                directory.resolve("releases").toString());
        keys.put(
                "terrafleet.worker.release.index", directory.resolve("no-index").toString());
        keys.put("terrafleet.worker.release.download", "false");
    }

    /** The binary that plays. */
    Path simulated() {
        return directory.resolve("simulated/terraform");
    }

    Path journal() {
        return directory.resolve("journal");
    }

    /** Where the worker looks for another version. */
    Path installed(String version) {
        return directory.resolve("releases/terraform").resolve(version).resolve("terraform");
    }

    Optional<String> heap(Part part) {
        return switch (part) {
            case API -> Optional.of("-Xmx400m");
            case KAFKA -> Optional.of("-Xmx256m");
            case WORKER, POLICY, COST -> Optional.of("-Xmx200m");
            case POSTGRES -> Optional.empty();
        };
    }

    private static Map<String, String> database(int port) {
        return Map.of(
                "platform.database.url",
                // A half-open connection must be noticed by somebody.
                "jdbc:postgresql://localhost:" + port + "/terrafleet",
                "platform.database.username",
                "postgres",
                "platform.database.password",
                "postgres");
    }
}

package io.terrafleet.standalone.soak;

import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.RunRequest;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.Enclosed;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.contracts.runner.RunnerPaths;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Takes the part of the worker, its runners and terraform in one thread for each job: what the api asks for is claimed and answered as a
 * terraform would that takes no time. So what is measured is the platform itself, and not how fast this machine starts processes.
 */
final class SimulatedRunners implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PhaseResult.Counts ONE_ADDED = new PhaseResult.Counts(1, 0, 0, 0);
    private static final String PLAN_JSON =
            """
            {"format_version":"1.2","terraform_version":"1.99.0","resource_changes":[{"address":"terraform_data.it","mode":"managed",\
            "type":"terraform_data","name":"it","provider_name":"terraform.io/builtin/terraform","change":{"actions":["create"],\
            "before":null,"after":{"input":"RUN"},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}}],\
            "planned_values":{"root_module":{}},"configuration":{"root_module":{}},"applyable":true,"complete":true,"errored":false}""";
    private static final String STATE =
            """
            {"version":4,"terraform_version":"1.99.0","serial":SERIAL,"lineage":"LINEAGE","outputs":{},"resources":[{"mode":"managed",\
            "type":"terraform_data","name":"it","provider":"provider[\\"terraform.io/builtin/terraform\\"]","instances":[\
            {"schema_version":0,"attributes":{"id":"RUN"}}]}],"check_results":null}""";

    private final InternalKey key;
    private final KafkaConsumer<String, byte[]> consumer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private final Thread listener =
            Thread.ofPlatform().daemon().name("simulated-runners").unstarted(this::listen);
    private volatile boolean open = true;

    private SimulatedRunners(Settings settings) {
        this.key = new InternalKey(settings.internalKey());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "localhost:" + settings.ports().kafkaProxy(), "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Hears everything that is asked from now on. */
    static SimulatedRunners start(Settings settings) {
        SimulatedRunners runners = new SimulatedRunners(settings);
        List<TopicPartition> partitions = runners.consumer.partitionsFor(Topic.RUN_REQUESTS.kafkaName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        runners.consumer.assign(partitions);
        runners.consumer.seekToEnd(partitions);
        partitions.forEach(runners.consumer::position);
        runners.listener.start();
        return runners;
    }

    /** @throws SoakBroken when one of them could not do its part */
    void check() {
        Throwable trouble = broken.get();
        if (trouble != null) {
            throw new SoakBroken("a simulated runner failed", trouble);
        }
    }

    private void listen() {
        try (consumer) {
            while (open) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    FactCodec.read(Topics.header(record, "ce_type"), record.value())
                            .filter(RunRequest.PhaseRequested.class::isInstance)
                            .map(RunRequest.PhaseRequested.class::cast)
                            .ifPresent(request -> jobs.execute(() -> play(request)));
                }
            }
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
        }
    }

    private void play(RunRequest.PhaseRequested request) {
        slots.acquireUninterruptibly();
        try {
            Optional<Claim> claim = claim(request);
            if (claim.isPresent()) {
                report(request, claim.get());
            }
        } catch (IOException | RuntimeException e) {
            broken.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slots.release();
        }
    }

    /** Empty when it was asked for twice, and taken. */
    private Optional<Claim> claim(RunRequest.PhaseRequested request) throws IOException, InterruptedException {
        JobId job = request.job();
        ClaimRequest wish = new ClaimRequest("simulated-" + job, request.version(), "the benchmark");
        HttpRequest asked = post(request.api(), RunnerPaths.claim(job), key.claimToken(job), Json.write(wish))
                .build();
        HttpResponse<byte[]> answer = http.send(asked, HttpResponse.BodyHandlers.ofByteArray());
        return switch (answer.statusCode()) {
            case 200, 201 -> Optional.of(Json.mapper().readValue(answer.body(), Claim.class));
            case 404, 409, 410 -> Optional.empty();
            default -> throw refused("the claim of " + job, answer);
        };
    }

    private void report(RunRequest.PhaseRequested request, Claim claim) throws IOException, InterruptedException {
        JobId job = request.job();
        byte[] log = ("Terraform v1.99.0\non simulated\n" + job + "\n").getBytes(StandardCharsets.UTF_8);
        LastWord word = new LastWord(
                job.phase() == Phase.PLAN ? planned(job) : new PhaseResult.Applied(ONE_ADDED),
                Optional.of(new LastWord.LogTail(0, log)),
                job.phase() == Phase.PLAN ? Optional.empty() : Optional.of(state(job, claim)));
        HttpRequest told = post(request.api(), RunnerPaths.result(job), claim.leaseToken(), Json.write(word))
                .header(RunnerPaths.FENCE_HEADER, Long.toString(claim.fence()))
                .build();
        HttpResponse<byte[]> answer = http.send(told, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw refused("the result of " + job, answer);
        }
    }

    private static PhaseResult planned(JobId job) {
        byte[] json = PLAN_JSON.replace("RUN", job.toString()).getBytes(StandardCharsets.UTF_8);
        byte[] plan = ("plan of " + job).getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> files = Map.of(
                RunArtifact.PLAN.word(), plan,
                RunArtifact.PLAN_JSON.word(), json,
                RunArtifact.PLAN_JSON_REDACTED.word(), json);
        return new PhaseResult.Planned(
                true, ONE_ADDED, sha256(plan), sha256(json), Optional.of(new Enclosed(files, List.of())));
    }

    /** The one after the state that came along, as terraform numbers them. */
    private static byte[] state(JobId job, Claim claim) throws IOException {
        Optional<byte[]> before = claim.enclosed().flatMap(enclosed -> enclosed.file(Enclosed.STATE));
        var last = Json.mapper().readTree(before.orElse("{}".getBytes(StandardCharsets.UTF_8)));
        return STATE.replace("SERIAL", Long.toString(last.path("serial").asLong() + 1))
                .replace("LINEAGE", last.path("lineage").asText("lineage-" + job))
                .replace("RUN", job.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder post(URI api, String path, String token, byte[] body) {
        return HttpRequest.newBuilder(api.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static IOException refused(String what, HttpResponse<byte[]> answer) {
        return new IOException("the api answered " + what + " with " + answer.statusCode() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            listener.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobs.shutdownNow();
        http.close();
    }
}

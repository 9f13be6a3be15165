package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Deliveries in a burst: how fast they are answered, whether each counts once, and how long one push takes until its plan starts. The commits
 * are really there, really fetched, and their statuses told.
 */
final class WebhookBurst {
    private static final int WORKSPACES = 100;
    private static final int REPOSITORIES = 10;
    private static final int CONNECTIONS = 8;
    private static final int WARM_UP = 500;
    private static final int MOST_WARM_UPS = 5;
    /** Every tenth delivery comes twice, as hosts redeliver. */
    private static final int TWICE = 10;

    private static final int ROUNDS = 20;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double PROMISED_ANSWER = 0.05;
    private static final double PROMISED_PLAN = 1.0;
    private static final int PATIENCE_SECONDS = 300;
    private static final String ORGANIZATION = "bench";

    private final int deliveries;
    private final int workspaces;
    private final int warmUp;
    private final int rounds;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, Boolean> promises = new LinkedHashMap<>();

    /** @param deliveries in the burst; with few of them everything else is small too */
    WebhookBurst(int deliveries) {
        this.deliveries = deliveries;
        this.workspaces = Math.min(WORKSPACES, deliveries);
        this.warmUp = Math.min(WARM_UP, deliveries);
        this.rounds = Math.clamp(deliveries / 5, 1, ROUNDS);
    }

    /** A branch that a workspace follows, which has its name. */
    private record Branch(String repository, String name, String workspaceId) {
        String context() {
            return "terrafleet/" + ORGANIZATION + "/" + name;
        }
    }

    private record Push(Branch branch, Delivery delivery) {}

    /** What is asked and told. */
    private record Scene(
            URI platform, TfeClient api, ApiFill database, BenchGit git, Delivery.Hook hook, String oauthToken) {
        int count(String from) {
            return Integer.parseInt(
                    database.texts("select count(*)::text from " + from).getFirst());
        }
    }

    Measured measure(RunningPlatform platform, Path scratch, Consumer<String> progress) {
        try (TfeClient api = new TfeClient(platform.url(), platform.adminToken().orElseThrow());
                ApiFill database = new ApiFill(platform.database());
                BenchGit git = new BenchGit(scratch)) {
            Scene scene = scene(platform.url(), api, database, git);
            progress.accept("connecting " + workspaces + " workspaces");
            List<Branch> branches = branches(scene);
            Map<Branch, String> heads = new HashMap<>();
            progress.accept("warming up with " + warmUp + " deliveries, again until the compilers rest");
            Compilers.rest(
                    deliveries < WARM_UP ? 1 : MOST_WARM_UPS,
                    () -> burst(scene, pushes(scene, branches, heads, warmUp)));
            progress.accept(deliveries + " deliveries");
            Series answers = burst(scene, pushes(scene, branches, heads, deliveries));
            progress.accept(rounds + " pushes, one after the other");
            Series starts = Series.empty("push to run");
            Series plans = plans(scene, starts);
            put("answer", answers, 0.99);
            put("push to run", starts, 0.9);
            put("push to plan", plans, 0.9);
            promises.put("p99 of the answer under 50 ms", answers.quantile(0.99) < PROMISED_ANSWER);
            promises.put(
                    "every plan starts within 1 s of its push, the fetch included", plans.quantile(1) < PROMISED_PLAN);
            return new Measured(
                    "webhooks", deliveries, method(), figures, Map.of(), List.of(answers, starts, plans), promises);
        }
    }

    private String method() {
        return "signed deliveries of real commits as fast as " + CONNECTIONS
                + " connections go, every tenth of them twice, for " + workspaces
                + " locked workspaces of " + REPOSITORIES + " repositories, after " + warmUp
                + " to warm up, again until the compilers rest; client and git host in the platform's own JVM; then "
                + rounds
                + " pushes one after the other to a workspace that plans, until the platform notes that terraform plans";
    }

    private void put(String what, Series series, double share) {
        figures.put(what + " p50Seconds", series.median());
        figures.put(what + " p" + Math.round(100 * share) + "Seconds", series.quantile(share));
        figures.put(what + " mostSeconds", series.quantile(1));
    }

    private static Scene scene(URI platform, TfeClient api, ApiFill database, BenchGit git) {
        api.createOrganization(ORGANIZATION);
        JsonNode client = api.post(
                "organizations/" + ORGANIZATION + "/oauth-clients",
                Map.of(
                        "service-provider",
                        "github_enterprise",
                        "http-url",
                        git.base().toString(),
                        "api-url",
                        git.api().toString(),
                        "oauth-token-string",
                        "token-of-the-benchmark"));
        JsonNode webhook = api.post("oauth-clients/" + client.path("id").asText() + "/webhook", Map.of())
                .path("attributes");
        Delivery.Hook hook = new Delivery.Hook(
                URI.create(webhook.path("url").asText()), webhook.path("secret").asText());
        String token = client.path("relationships")
                .path("oauth-tokens")
                .path("data")
                .path(0)
                .path("id")
                .asText();
        return new Scene(platform, api, database, git, hook, token);
    }

    private List<Branch> branches(Scene scene) {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < workspaces; i++) {
            branches.add(branch(scene, "bench/r" + i % REPOSITORIES, "w" + i));
        }
        until("all are connected", () -> scene.count("workspace where vcs_awaited") == 0);
        // So their runs wait: terraform's own work is measured elsewhere.
        branches.forEach(branch -> scene.api().post("workspaces/" + branch.workspaceId() + "/actions/lock", Map.of()));
        return branches;
    }

    private static Branch branch(Scene scene, String repository, String name) {
        scene.git().commit(repository, name, "main.tf", "# " + name);
        Map<String, Object> attributes = Map.of(
                "auto-apply",
                true,
                "queue-all-runs",
                false,
                "vcs-repo",
                Map.of("identifier", repository, "branch", name, "oauth-token-id", scene.oauthToken()));
        return new Branch(repository, name, scene.api().createWorkspace(ORGANIZATION, name, attributes));
    }

    /** In the order in which each branch was pushed to. */
    private static List<Push> pushes(Scene scene, List<Branch> branches, Map<Branch, String> heads, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> push(scene, branches.get(i % branches.size()), heads))
                .toList();
    }

    /** @param heads where the branches are */
    private static Push push(Scene scene, Branch branch, Map<Branch, String> heads) {
        String before = heads.getOrDefault(branch, "");
        String output = "output \"after\" {\n  value = \"" + before + "\"\n}\n";
        String after = scene.git().commit(branch.repository(), branch.name(), "main.tf", output);
        heads.put(branch, after);
        return new Push(branch, Delivery.of(branch.repository(), branch.name(), before, after, scene.hook()));
    }

    private Series burst(Scene scene, List<Push> pushes) {
        int processed = scene.count("webhook_delivery where state = 'processed'");
        int changes = scene.count("repository_change where kind = 'push'");
        int runs = scene.count("run");
        long begin = System.nanoTime();
        Series answers = sent(scene, pushes);
        figures.put("answered perSecond", answers.seconds().size() / seconds(begin));
        until("all are processed", () -> scene.count("webhook_delivery where state = 'received'") == 0);
        figures.put("processed perSecond", pushes.size() / seconds(begin));
        until("all are settled", () -> scene.count("repository_change where state = 'waiting'") == 0);
        figures.put("fetched and queued perSecond", pushes.size() / seconds(begin));
        until("all are told", () -> pushes.stream().allMatch(push -> scene.git()
                .wasTold(push.delivery().commit(), push.branch().context())));
        figures.put("told perSecond", pushes.size() / seconds(begin));
        promises.put(
                "every delivery is processed exactly once",
                scene.count("webhook_delivery where state = 'processed'") - processed == pushes.size()
                        && scene.count("repository_change where kind = 'push'") - changes == pushes.size());
        promises.put(
                "every push has exactly one run",
                scene.count("run") - runs == pushes.size()
                        && scene.count(
                                        "(select 1 from configuration_version c join run r on r.configuration_version_id = c.id"
                                                + " group by c.workspace_id, c.commit_sha having count(*) > 1) as twice")
                                == 0);
        return answers;
    }

    /** Each branch's deliveries go over the same connection, as its pushes follow each other. */
    private static Series sent(Scene scene, List<Push> pushes) {
        Series answers = Series.empty("answer");
        try (ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Series>> lines = IntStream.range(0, CONNECTIONS)
                    .mapToObj(line -> pool.submit(() -> line(
                            scene,
                            pushes.stream()
                                    .filter(push ->
                                            Math.floorMod(push.branch().name().hashCode(), CONNECTIONS) == line)
                                    .toList())))
                    .toList();
            for (Future<Series> line : lines) {
                line.get().seconds().forEach(answers::add);
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        } catch (ExecutionException e) {
            throw new PlatformUnusable("a delivery failed: " + e.getCause(), e);
        }
    }

    private static Series line(Scene scene, List<Push> pushes) {
        Series answers = Series.empty("answer");
        try (Wire wire = new Wire(scene.platform())) {
            for (int i = 0; i < pushes.size(); i++) {
                Delivery delivery = pushes.get(i).delivery();
                answers.add(delivery.send(wire, scene.hook(), 202));
                if (i % TWICE == 0) {
                    answers.add(delivery.send(wire, scene.hook(), 200));
                }
            }
        }
        return answers;
    }

    /** @param starts takes the part of it until there is a run: the delivery is read and the commit fetched */
    private Series plans(Scene scene, Series starts) {
        Series series = Series.empty("push to plan");
        Branch branch = branch(scene, "bench/plans", "main");
        until("it is connected", () -> scene.count("workspace where vcs_awaited") == 0);
        Map<Branch, String> heads = new HashMap<>();
        try (Wire wire = new Wire(scene.platform())) {
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                Push push = push(scene, branch, heads);
                Instant begin = Wiring.clock().instant();
                push.delivery().send(wire, scene.hook(), 202);
                int runs = round + WARM_UP_ROUNDS + 1;
                until("its run is over", () -> {
                    List<Run> all = scene.api().runs(branch.workspaceId());
                    return all.size() == runs && all.getFirst().isFinal();
                });
                if (round >= 0) {
                    Run run = scene.api().runs(branch.workspaceId()).getFirst();
                    starts.add(Duration.between(begin, run.createdAt()).toNanos() / 1e9);
                    series.add(Yardstick.seconds(begin, run, "planning"));
                }
            }
        }
        return series;
    }

    private static void until(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (seconds(begin) > PATIENCE_SECONDS) {
                throw new PlatformUnusable("waited " + PATIENCE_SECONDS + " s in vain until " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformUnusable("interrupted", e);
            }
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}

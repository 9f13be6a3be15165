package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Deliveries in a burst: how fast they are answered, whether each counts once, and how long one push takes until its plan is made. The commits are
 * really there and really fetched.
 */
final class WebhookBurst {
    private static final int WORKSPACES = 100;
    private static final int REPOSITORIES = 10;
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 20;
    private static final double PROMISED_ANSWER = 0.05;
    private static final double PROMISED_PLAN = 1.0;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String ORGANIZATION = "bench";

    /** A branch that a workspace follows. */
    private record Branch(String repository, String name, String workspace) {}

    private record Push(Branch branch, String before, String after) {}

    private record Hook(URI address, String secret) {}

    Measured measure(RunningPlatform platform, Path scratch, int deliveries, Consumer<String> progress) {
        try (TfeClient api = new TfeClient(platform.url(), platform.adminToken().orElseThrow());
                ApiFill database = new ApiFill(platform.database());
                BenchGit git = new BenchGit(scratch);
                HttpClient client = HttpClient.newHttpClient()) {
            api.createOrganization(ORGANIZATION);
            String oauth = api.post(
                            "organizations/" + ORGANIZATION + "/oauth-clients",
                            Map.of(
                                    "service-provider", "git",
                                    "http-url", git.base().toString(),
                                    "api-url", git.base().toString(),
                                    "oauth-token-string", "none"))
                    .path("id")
                    .asText();
            JsonNode made = api.post("oauth-clients/" + oauth + "/webhook", Map.of()).path("attributes");
            Hook hook = new Hook(
                    URI.create(made.path("url").asText()), made.path("secret").asText());
            progress.accept("connecting " + WORKSPACES + " workspaces");
            String token = database.texts("select id from oauth_token").getFirst();
            List<Branch> branches = connect(api, git, database, token);
            Map<String, Double> figures = new LinkedHashMap<>();
            Map<String, Boolean> promises = new LinkedHashMap<>();
            progress.accept("warming up");
            burst(client, hook, pushes(git, branches, WORKSPACES * 2, "warm"), database);
            progress.accept(deliveries + " deliveries");
            Series answers = burst(client, hook, pushes(git, branches, deliveries, "burst"), database, figures, promises);
            progress.accept(ROUNDS + " pushes, one after the other");
            Series plans = plans(api, client, hook, git, database, token);
            figures.put("answer p50Seconds", answers.median());
            figures.put("answer p99Seconds", answers.quantile(0.99));
            figures.put("push to plan p50Seconds", plans.median());
            figures.put("push to plan p90Seconds", plans.quantile(0.9));
            promises.put("p99 of the answer under 50 ms", answers.quantile(0.99) < PROMISED_ANSWER);
            promises.put("push to plan under 1 s, the fetch included", plans.quantile(0.9) < PROMISED_PLAN);
            return new Measured(
                    "webhooks", deliveries, method(), figures, Map.of(), List.of(answers, plans), promises);
        }
    }

    private static String method() {
        return "signed deliveries of real commits over " + CONNECTIONS + " connections for " + WORKSPACES
                + " locked workspaces of " + REPOSITORIES + " repositories, client and git server in the platform's own JVM; then "
                + ROUNDS + " pushes one after the other to a workspace that plans";
    }

    private static List<Branch> connect(TfeClient api, BenchGit git, ApiFill database, String token) {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < WORKSPACES; i++) {
            String repository = "bench/r" + i % REPOSITORIES;
            String name = "w" + i;
            git.commit(repository, name, "main.tf", "# " + name);
            String workspace = api.createWorkspace(ORGANIZATION, name, attributes(repository, name, token));
            branches.add(new Branch(repository, name, workspace));
        }
        until("all are connected", () -> count(database, "workspace where vcs_awaited") == 0);
        branches.forEach(branch -> api.post("workspaces/" + branch.workspace() + "/actions/lock", Map.of()));
        return branches;
    }

    private static Map<String, Object> attributes(String repository, String branch, String token) {
        return Map.of(
                "queue-all-runs",
                false,
                "vcs-repo",
                Map.of("identifier", repository, "branch", branch, "oauth-token-id", token));
    }

    /** In the order in which each branch was pushed to. */
    private static List<Push> pushes(BenchGit git, List<Branch> branches, int count, String why) {
        List<Push> pushes = new ArrayList<>();
        Map<String, String> heads = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Branch branch = branches.get(i % branches.size());
            String after = git.commit(branch.repository(), branch.name(), "main.tf", "# " + why + " " + i);
            pushes.add(new Push(branch, heads.getOrDefault(branch.name(), ""), after));
            heads.put(branch.name(), after);
        }
        return pushes;
    }

    private static void burst(HttpClient client, Hook hook, List<Push> pushes, ApiFill database) {
        burst(client, hook, pushes, database, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private static Series burst(
            HttpClient client,
            Hook hook,
            List<Push> pushes,
            ApiFill database,
            Map<String, Double> figures,
            Map<String, Boolean> promises) {
        int changes = count(database, "repository_change where kind = 'push'");
        int runs = count(database, "run");
        long begin = System.nanoTime();
        Series answers = sent(client, hook, pushes);
        figures.put("answered perSecond", pushes.size() / seconds(begin));
        until("all are processed", () -> count(database, "webhook_delivery where state = 'received'") == 0);
        figures.put("processed perSecond", pushes.size() / seconds(begin));
        until("all are settled", () -> count(database, "repository_change where state = 'waiting'") == 0);
        figures.put("settled perSecond", pushes.size() / seconds(begin));
        promises.put(
                "every delivery is processed exactly once",
                count(database, "repository_change where kind = 'push'") - changes == pushes.size()
                        && count(database, "webhook_delivery where state <> 'processed'") == 0);
        promises.put(
                "every push has exactly one run",
                count(database, "run") - runs == pushes.size()
                        && count(
                                        database,
                                        "(select 1 from configuration_version group by workspace_id, commit_sha"
                                                + " having count(*) > 1) as twice")
                                == 0);
        return answers;
    }

    /** Each branch's deliveries go over the same connection, as its pushes follow each other. */
    private static Series sent(HttpClient client, Hook hook, List<Push> pushes) {
        List<Double> answers = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> lines = new ArrayList<>();
            IntStream.range(0, CONNECTIONS)
                    .forEach(line -> lines.add(pool.submit(() -> pushes.stream()
                            .filter(push -> Math.floorMod(push.branch().name().hashCode(), CONNECTIONS) == line)
                            .forEach(push -> answers.add(send(client, hook, push))))));
            for (Future<?> line : lines) {
                line.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        } catch (ExecutionException e) {
            throw new PlatformUnusable("a delivery failed: " + e.getCause(), e);
        }
        return new Series("answer", answers);
    }

    /** @return seconds until it was answered */
    private static double send(HttpClient client, Hook hook, Push push) {
        byte[] body = Json.write(Map.of(
                "repository", push.branch().repository(),
                "ref", "refs/heads/" + push.branch().name(),
                "before", push.before(),
                "after", push.after(),
                "sender", "ada"));
        HttpRequest request = HttpRequest.newBuilder(hook.address())
                .header("X-Terrafleet-Delivery", push.after())
                .header("X-Terrafleet-Signature-256", "sha256=" + signature(body, hook.secret()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            long begin = System.nanoTime();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            double took = seconds(begin);
            if (status != 202) {
                throw new PlatformUnusable("a delivery was answered with " + status);
            }
            return took;
        } catch (IOException e) {
            throw new PlatformUnusable("a delivery was not answered: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
    }

    private static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", e);
        }
    }

    private static Series plans(
            TfeClient api, HttpClient client, Hook hook, BenchGit git, ApiFill database, String token) {
        String repository = "bench/plans";
        String before = git.commit(repository, "main", "main.tf", "# begin");
        String workspace = api.createWorkspace(ORGANIZATION, "plans", attributes(repository, "main", token));
        until("it is connected", () -> count(database, "workspace where vcs_awaited") == 0);
        Branch branch = new Branch(repository, "main", workspace);
        Series series = Series.empty("push to plan");
        for (int i = 0; i < ROUNDS; i++) {
            String after = git.commit(repository, "main", "main.tf", "output \"n\" { value = " + i + " }\n");
            long begin = System.nanoTime();
            send(client, hook, new Push(branch, before, after));
            String mine = "run where workspace_id = '" + workspace + "'";
            int number = i + 1;
            until("a plan begins", () -> count(database, mine + " and status not in ('pending', 'plan_queued')") == number);
            series.add(seconds(begin));
            until("it ends", () -> count(database, mine + " and not finished") == 0);
            before = after;
        }
        return series;
    }

    private static int count(ApiFill database, String from) {
        return Integer.parseInt(
                database.texts("select count(*)::text from " + from).getFirst());
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(String what, Condition condition) {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (seconds(begin) > PATIENCE.toSeconds()) {
                throw new PlatformUnusable("waited " + PATIENCE + " in vain until " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
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

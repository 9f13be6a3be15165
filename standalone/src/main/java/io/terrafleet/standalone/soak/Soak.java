package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.TfeClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One round: the platform as processes, people who start runs, troubles by a seed; then good weather until nothing moves any more,
 * and the checker's word.
 */
public final class Soak {
    private static final Duration SETTLE = Duration.ofMinutes(6);
    private static final int FAULTS_DRAWN = 10_000;

    private final Path root;
    private final Path directory;
    private final Wish wish;
    private final Consumer<String> progress;

    /**
     * What is wished.
     *
     * @param seed of the troubles and of what people do
     * @param runs to start
     * @param most how long runs are started; what is on its way then is waited for
     * @param workspaces of the simulated terraform
     * @param brief short troubles only
     */
    public record Wish(long seed, int runs, Duration most, int workspaces, boolean brief) {}

    /** @param root of the project, where the build left the services; {@code directory} is empty and kept */
    public Soak(Path root, Path directory, Wish wish, Consumer<String> progress) {
        this.root = root;
        this.directory = directory.toAbsolutePath().normalize();
        this.wish = wish;
        this.progress = progress;
    }

    public SoakSummary run() {
        Settings settings = new Settings(
                root,
                directory,
                Ports.find(),
                Wiring.secret(10) + ".terrafleet." + Wiring.secret(36),
                Wiring.secret(32));
        Stage stage = Stage.prepare(settings);
        Fleet fleet = new Fleet(settings);
        Thread hook = new Thread(fleet::close, "end-of-soak");
        Runtime.getRuntime().addShutdownHook(hook);
        long begin = System.nanoTime();
        try (fleet;
                Network network = Network.open(settings.ports());
                TfeClient api = new TfeClient(
                        URI.create("http://localhost:" + settings.ports().api()), settings.adminToken())) {
            fleet.startAll();
            progress.accept("six processes are ready after " + seconds(begin) + " s; their logs are in "
                    + directory.resolve("log"));
            return round(settings, stage, fleet, network, api);
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private SoakSummary round(Settings settings, Stage stage, Fleet fleet, Network network, TfeClient api) {
        List<Stage.Place> places = stage.build(api, wish.workspaces());
        Topics topics = new Topics("localhost:" + settings.ports().kafkaProxy());
        Weather weather = new Weather(fleet, network, topics, progress);
        AtomicInteger left = new AtomicInteger(wish.runs());
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Stage.Place place = places.get(i);
            Load load = new Load(api, place.workspace(), place.configurations(), wish.seed() + i, left, over);
            people.add(Thread.ofPlatform().name("person-" + i).start(load));
        }
        long begin = System.nanoTime();
        try {
            stormy(weather, left, begin);
            over.set(true);
            progress.accept("good weather from now on, after " + seconds(begin) + " s");
            settle(fleet, weather, people, settings, api, topics);
        } finally {
            people.forEach(Thread::interrupt);
        }
        try (HistoryReader reader = reader(settings, api, topics)) {
            History history = insist(reader::read);
            return SoakSummary.of(
                    wish.seed(),
                    (System.nanoTime() - begin) / 1e9,
                    history,
                    new TreeMap<>(weather.happened()),
                    Checker.check(history));
        }
    }

    private void stormy(Weather weather, AtomicInteger left, long begin) {
        for (Fault fault : Fault.drawn(wish.seed(), FAULTS_DRAWN, wish.brief())) {
            if (left.get() <= 0 || System.nanoTime() - begin > wish.most().toNanos()) {
                return;
            }
            weather.strike(fault);
        }
    }

    /** Until every run is over, or time is; what then still stands is for the checker to tell. */
    private void settle(
            Fleet fleet, Weather weather, List<Thread> people, Settings settings, TfeClient api, Topics topics) {
        long deadline = System.nanoTime() + SETTLE.toNanos();
        while (people.stream().anyMatch(Thread::isAlive) && System.nanoTime() - deadline < 0) {
            weather.supervise();
            Pause.millis(200);
        }
        for (Part part : Part.values()) {
            if (part.isService()) {
                fleet.awaitReady(part);
            }
        }
        try (HistoryReader reader = reader(settings, api, topics)) {
            while (!isQuiet(reader) && System.nanoTime() - deadline < 0) {
                Pause.millis(200);
            }
        }
    }

    private static boolean isQuiet(HistoryReader reader) {
        return reader.outboxes().values().stream().allMatch(count -> count == 0);
    }

    private static HistoryReader reader(Settings settings, TfeClient api, Topics topics) {
        return HistoryReader.open(settings.ports().postgres(), api, topics, settings.journal());
    }

    /** The weather is good; only a request that was under way when it changed can fail. */
    private static <T> T insist(Supplier<T> question) {
        Optional<RuntimeException> last = Optional.empty();
        for (int tried = 0; tried < 10; tried++) {
            try {
                return question.get();
            } catch (UncheckedIOException | ApiFailure e) {
                last = Optional.of(e);
                Pause.millis(500);
            }
        }
        throw new SoakBroken("the platform does not answer in good weather", last.orElseThrow());
    }

    private static long seconds(long begin) {
        return Math.round((System.nanoTime() - begin) / 1e9);
    }
}

package io.terrafleet.standalone.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Lets {@link Fault}s happen, one after the other, and starts again what ended by itself, as any supervisor would. */
final class Weather {
    private static final int LATE_MILLIS = 150;
    private static final int REPEATED = 100;
    /** Less than a job waits for a runner; more than a lease lasts. */
    private static final List<Duration> CLOCKS =
            List.of(Duration.ofSeconds(-40), Duration.ZERO, Duration.ofSeconds(15), Duration.ofSeconds(40));

    private final Fleet fleet;
    private final Network network;
    private final Topics topics;
    private final Consumer<String> told;
    private final Map<String, Integer> happened = new TreeMap<>();

    Weather(Fleet fleet, Network network, Topics topics, Consumer<String> told) {
        this.fleet = fleet;
        this.network = network;
        this.topics = topics;
        this.told = told;
    }

    /** How often what happened. */
    Map<String, Integer> happened() {
        return Map.copyOf(happened);
    }

    void strike(Fault fault) {
        rest(fault.gapMillis());
        switch (fault.trouble()) {
            case KILL -> kill(fault);
            case RESTART -> restart(fault);
            case PAUSE -> pause(fault);
            case KILL_RUNNER -> kill(fault, "runner", fleet.strays().runners());
            case KILL_TERRAFORM -> kill(fault, "terraform", fleet.strays().terraforms());
            case PAUSE_RUNNER -> pauseRunner(fault);
            case SLOW -> turn(fault, Proxy.Mode.SLOW);
            case CUT -> turn(fault, Proxy.Mode.CUT);
            case SILENT -> turn(fault, Proxy.Mode.SILENT);
            case REPEAT -> repeat(fault);
            case FULL_DISK -> fillDisk(fault);
            case CLOCK -> setClock(fault);
        }
    }

    /** What has ended without being told to is started again. */
    void supervise() {
        for (Part part : fleet.dead()) {
            note("ended by itself: " + part.word());
            fleet.start(part);
        }
    }

    private void rest(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() - end < 0) {
            supervise();
            Pause.millis(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 500));
        }
    }

    private void note(String what) {
        happened.merge(what, 1, Integer::sum);
        told.accept(what);
    }

    private static Part part(Fault fault) {
        List<Part> parts = List.of(Part.values());
        return parts.get(fault.choice() % parts.size());
    }

    private void kill(Fault fault) {
        Part part = part(fault);
        note("kill -9 " + part.word());
        fleet.kill(part);
        Pause.millis(fault.millis());
        fleet.start(part);
    }

    private void restart(Fault fault) {
        Part part = part(fault);
        if (part == Part.POSTGRES) {
            part = Part.API;
        }
        note("restart " + part.word());
        fleet.stop(part);
        fleet.start(part);
    }

    private void pause(Fault fault) {
        Part part = part(fault);
        note("pause " + part.word());
        fleet.pause(part);
        Pause.millis(fault.millis());
        fleet.resume(part);
    }

    private void kill(Fault fault, String what, List<ProcessHandle> among) {
        if (!among.isEmpty()) {
            note("kill -9 " + what);
            Signal.KILL.send(List.of(among.get(fault.choice() % among.size())));
        }
    }

    private void pauseRunner(Fault fault) {
        List<ProcessHandle> runners = fleet.strays().runners();
        if (!runners.isEmpty()) {
            note("pause runner");
            List<ProcessHandle> one = List.of(runners.get(fault.choice() % runners.size()));
            Signal.STOP.send(one);
            rest(fault.millis());
            Signal.CONT.send(one);
        }
    }

    private void turn(Fault fault, Proxy.Mode mode) {
        List<Proxy> ways = network.all();
        int which = fault.choice() % ways.size();
        note(fault.trouble().word() + " way to "
                + List.of("kafka", "postgres of api", "postgres of judges", "api of runners", "api of judges")
                        .get(which));
        ways.get(which).turn(mode, LATE_MILLIS);
        rest(fault.millis());
        ways.get(which).turn(Proxy.Mode.PASS, 0);
    }

    private void fillDisk(Fault fault) {
        Part part = part(fault);
        if (fleet.fillDisk(part)) {
            note("full disk of " + part.word());
            rest(fault.millis());
            fleet.clearDisk(part);
        }
    }

    /** Its leases, deadlines and links are then looked at with another clock than they were made with. */
    private void setClock(Fault fault) {
        Part part = fault.choice() % 2 == 0 ? Part.API : Part.WORKER;
        Duration offset = CLOCKS.get(fault.choice() / 2 % CLOCKS.size());
        note("clock of " + part.word() + " wrong by " + offset.toSeconds() + " s");
        fleet.setClock(part, offset);
        fleet.stop(part);
        fleet.start(part);
    }

    private void repeat(Fault fault) {
        if (topics.repeat(fault.choice(), REPEATED)) {
            note("old records again");
        }
    }
}

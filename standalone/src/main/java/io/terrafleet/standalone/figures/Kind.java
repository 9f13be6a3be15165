package io.terrafleet.standalone.figures;

import java.util.ArrayList;
import java.util.List;

/** A benchmark of the page, as {@code ./terrafleet bench WORD} runs it. */
public enum Kind {
    POLICY("policy", "judging plans by the whole library", ""),
    COST("cost", "pricing plans", ""),
    JMH("jmh", "single functions, time and memory of a call", ""),
    PRICES("prices", "reading sellers' price lists", ""),
    RUN_LATENCY("run-latency", "one run, on top of bare terraform", "--n=8"),
    DRAIN("drain", "many runs, against bare terraform", "--n=20"),
    WEBHOOKS("webhooks", "deliveries of a git host in a burst", "--n=200"),
    LOGS("logs", "one log, a hundred that follow it", "--n=10"),
    PROCESSES("processes", "start and memory of each process", ""),
    PIPELINE("pipeline", "simulated terraform through four processes", "--runs=120 --simulated=1000"),
    API("api", "reading a large installation", "--workspaces=10000 --runs=100000 --requests=200");

    private final String word;
    private final String what;
    private final String brief;

    /** @param brief options that make it a matter of a minute or two, with a space between them */
    Kind(String word, String what, String brief) {
        this.word = word;
        this.what = what;
        this.brief = brief;
    }

    public String word() {
        return word;
    }

    String what() {
        return what;
    }

    List<String> arguments(boolean briefly) {
        List<String> arguments = new ArrayList<>(List.of("bench", word, "--json"));
        if (briefly && !brief.isEmpty()) {
            arguments.addAll(List.of(brief.split(" ", -1)));
        }
        return arguments;
    }
}

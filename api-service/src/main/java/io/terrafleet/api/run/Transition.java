package io.terrafleet.api.run;

/** What an input does to a run. Three outcomes because there are three callers: the happy path, at-least-once delivery, people. */
public sealed interface Transition {
    record Moved(RunState to) implements Transition {}

    /** Late, double or irrelevant: nothing changes and nobody is told. */
    record Ignored() implements Transition {}

    /** @param why a sentence for whoever asked, with what the run is waiting for */
    record Refused(String why) implements Transition {}
}

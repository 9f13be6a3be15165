package io.terrafleet.worker.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.terrafleet.contracts.event.WorkerEvent;

/** Counts launches, and what this worker says of jobs that wait or are lost. */
public record CountedVoice(Voice voice, MeterRegistry meters) implements Voice {
    public CountedVoice {
        meters.counter("terrafleet.worker.jobs.launched"); // an alert looks whether it grows, so it is there from the
        // beginning
    }

    @Override
    public void launched() {
        meters.counter("terrafleet.worker.jobs.launched").increment();
    }

    @Override
    public void say(WorkerEvent event, String what, Runnable heard) {
        switch (event) {
            case WorkerEvent.JobLaunched launched -> {} // counted when it was, for it is only told of what lasts
            case WorkerEvent.JobLost lost ->
                meters.counter("terrafleet.worker.jobs.lost", "reason", lost.reason())
                        .increment();
            case WorkerEvent.JobWaiting waiting ->
                meters.counter("terrafleet.worker.jobs.waiting").increment();
        }
        voice.say(event, what, heard);
    }
}

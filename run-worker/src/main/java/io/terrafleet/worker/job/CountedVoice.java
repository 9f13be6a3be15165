package io.terrafleet.worker.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.terrafleet.contracts.event.WorkerEvent;

/** Counts what this worker says: launches, and losses by their reason. */
public record CountedVoice(Voice voice, MeterRegistry meters) implements Voice {
    @Override
    public void say(WorkerEvent event, String what, Runnable heard) {
        switch (event) {
            case WorkerEvent.JobLaunched launched ->
                meters.counter("terrafleet.worker.jobs.launched").increment();
            case WorkerEvent.JobLost lost ->
                meters.counter("terrafleet.worker.jobs.lost", "reason", lost.reason())
                        .increment();
            case WorkerEvent.JobWaiting waiting ->
                meters.counter("terrafleet.worker.jobs.waiting").increment();
        }
        voice.say(event, what, heard);
    }
}

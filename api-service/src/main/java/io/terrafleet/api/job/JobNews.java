package io.terrafleet.api.job;

import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.event.WorkerEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Turns a worker's word into news on the run, or into the loss of its job. */
@ApplicationScoped
class JobNews {
    private final Runs runs;
    private final Jobs jobs;

    JobNews(Runs runs, Jobs jobs) {
        this.runs = runs;
        this.jobs = jobs;
    }

    @Transactional
    void take(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.JobLaunched launched ->
                runs.news(launched.job(), "waiting for the runner in " + launched.place() + " to claim the job");
            case WorkerEvent.JobWaiting waiting -> runs.news(waiting.job(), waiting.reason());
            case WorkerEvent.JobLost lost -> jobs.lost(lost.job(), lost.message(), lost.permanent());
        }
    }
}

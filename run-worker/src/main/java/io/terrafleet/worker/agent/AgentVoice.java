package io.terrafleet.worker.agent;

import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.worker.job.Voice;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells the platform by HTTP what became of a job that cannot be run, until it was heard. Where a job waits the platform knows by itself: an
 * agent asks for one when it has a place for it.
 */
record AgentVoice(AgentClient client, Duration retryAfter) implements Voice {
    private static final Logger LOG = Logger.getLogger(AgentVoice.class);

    @Override
    public void say(WorkerEvent event, String what, Runnable heard) {
        switch (event) {
            case JobLost lost -> Thread.ofVirtual().name("lost").start(() -> tell(lost, heard));
            case WorkerEvent.JobLaunched launched -> LOG.infof("job %s: launched in %s", event.job(), launched.place());
            case WorkerEvent.JobWaiting waiting -> LOG.infof("job %s: %s", event.job(), waiting.reason());
        }
    }

    private void tell(JobLost lost, Runnable heard) {
        try {
            while (!told(lost)) {
                Thread.sleep(retryAfter);
            }
            heard.run();
        } catch (AgentClient.TokenRefused e) {
            LOG.warnf("job %s: its loss cannot be told: %s", lost.job(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean told(JobLost lost) throws InterruptedException, AgentClient.TokenRefused {
        try {
            client.lost(lost.job(), lost.message(), lost.permanent());
            return true;
        } catch (IOException e) {
            LOG.debugf(e, "job %s: its loss is told later", lost.job());
            return false;
        }
    }
}

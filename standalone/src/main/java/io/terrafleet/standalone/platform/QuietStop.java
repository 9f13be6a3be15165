package io.terrafleet.standalone.platform;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Nothing is begun any more once the stop has begun: what a timer starts now would find its database closed. */
@ApplicationScoped
class QuietStop {
    void stop(@Observes @Priority(1) ShutdownEvent stopping, Scheduler scheduler) {
        scheduler.pause();
    }
}

package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What was last said of a job, kept on its Kubernetes Job: so that of several workers one says it, and a worker that died while saying it
 * has a successor.
 *
 * @param word for machines
 * @param message for people
 * @param lost whether the job was given up with it
 * @param by the worker that says it
 */
record News(String word, String message, boolean lost, boolean permanent, String by, Instant at) {
    private static final Logger LOG = Logger.getLogger(News.class);

    static Optional<News> of(Job job) {
        String text = Sight.annotation(job, Marks.NEWS);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(text, News.class));
        } catch (IOException e) {
            LOG.warnf(
                    "job %s: its annotation %s cannot be read: %s",
                    job.getMetadata().getName(), Marks.NEWS, e);
            return Optional.empty();
        }
    }

    String json() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }
}

package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The jobs that this worker has. */
final class Works {
    private final ConcurrentMap<JobId, Work> all = new ConcurrentHashMap<>();

    /** @return false when the job is known already */
    boolean add(Work work) {
        return all.putIfAbsent(work.spec().job(), work) == null;
    }

    Optional<Work> find(JobId job) {
        return Optional.ofNullable(all.get(job));
    }

    void remove(Work work) {
        all.remove(work.spec().job(), work);
    }
}

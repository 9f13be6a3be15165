package io.terrafleet.api.agent;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which agent was given which job. */
@Singleton
class AgentJobStore {
    private final EntityManager entities;

    AgentJobStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Gives the job, unless another agent was given it since.
     *
     * @return false when it was
     */
    boolean give(String job, String runId, String agentId, Instant now, Instant since) {
        return entities.createNativeQuery(
                                "insert into agent_job (job, run_id, agent_id, given_at) values (:job, :run, :agent, :now)"
                                        + " on conflict (job) do update set agent_id = :agent, given_at = :now"
                                        + " where agent_job.given_at < :since")
                        .setParameter("job", job)
                        .setParameter("run", runId)
                        .setParameter("agent", agentId)
                        .setParameter("now", now)
                        .setParameter("since", since)
                        .executeUpdate()
                > 0;
    }

    Optional<String> agentOf(String job) {
        List<?> rows = entities.createNativeQuery("select agent_id from agent_job where job = :job", String.class)
                .setParameter("job", job)
                .getResultList();
        return rows.stream().map(String.class::cast).findFirst();
    }

    /** Who was given the latest job of the run and phase. */
    Optional<String> agentOf(String runId, String phase) {
        List<?> rows = entities.createNativeQuery(
                        "select agent_id from agent_job where run_id = :run and job like :form order by given_at desc",
                        String.class)
                .setParameter("run", runId)
                .setParameter("form", runId + "-" + phase + "-%")
                .setMaxResults(1)
                .getResultList();
        return rows.stream().map(String.class::cast).findFirst();
    }
}

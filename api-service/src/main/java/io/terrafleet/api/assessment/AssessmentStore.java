package io.terrafleet.api.assessment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.terrafleet.contracts.RunId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class AssessmentStore implements PanacheRepositoryBase<AssessmentEntity, String> {
    Optional<AssessmentEntity> find(RunId run) {
        return findByIdOptional(run.value());
    }

    void addOutcome(String id, RunId run, String policySetId, Instant decidedAt) {
        getEntityManager()
                .createNativeQuery(
                        "insert into policy_set_outcome (id, run_id, policy_set_id, decided_at) values (?1, ?2, ?3, ?4)"
                                + " on conflict (id) do update set decided_at = excluded.decided_at")
                .setParameter(1, id)
                .setParameter(2, run.value())
                .setParameter(3, policySetId)
                .setParameter(4, decidedAt)
                .executeUpdate();
    }

    List<RunId> newestJudgedBy(String policySetId, int most) {
        return getEntityManager()
                .createQuery(
                        "select runId from OutcomeEntity where policySetId = :set order by decidedAt desc nulls last",
                        String.class)
                .setParameter("set", policySetId)
                .setMaxResults(most)
                .getResultStream()
                .map(RunId::new)
                .toList();
    }

    Optional<RunId> runOfOutcome(String id) {
        return Optional.ofNullable(getEntityManager().find(OutcomeEntity.class, id))
                .map(row -> new RunId(row.runId));
    }

    /** @return false when there was one already; the first decision counts */
    boolean putCost(RunId run, String cost, Instant at) {
        return put("cost", run, cost, at);
    }

    /** @return false when there was one already; the first decision counts */
    boolean putPolicy(RunId run, String policy, Instant at) {
        return put("policy", run, policy, at);
    }

    /** Both judges may answer at the same moment, to a row that neither has made yet. */
    private boolean put(String column, RunId run, String json, Instant at) {
        String insert = "insert into assessment as a (run_id, @, @_at) values (?1, cast(?2 as jsonb), ?3)"
                + " on conflict (run_id) do update set @ = excluded.@, @_at = excluded.@_at where a.@ is null";
        return getEntityManager()
                        .createNativeQuery(insert.replace("@", column))
                        .setParameter(1, run.value())
                        .setParameter(2, json)
                        .setParameter(3, at)
                        .executeUpdate()
                == 1;
    }

    void add(ApprovalEntity row) {
        getEntityManager().persist(row);
        getEntityManager().flush();
    }

    /** In the order in which they came. */
    List<ApprovalEntity> approvals(RunId run) {
        return getEntityManager()
                .createQuery("from ApprovalEntity where runId = :run order by createdAt, id", ApprovalEntity.class)
                .setParameter("run", run.value())
                .getResultList();
    }
}

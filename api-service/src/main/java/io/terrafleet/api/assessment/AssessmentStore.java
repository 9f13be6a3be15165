package io.terrafleet.api.assessment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class AssessmentStore implements PanacheRepositoryBase<AssessmentEntity, String> {
    Optional<AssessmentEntity> find(RunId run) {
        return findByIdOptional(run.value());
    }

    void addOutcome(String id, RunId run, String policySetId) {
        OutcomeEntity row = new OutcomeEntity();
        row.id = id;
        row.runId = run.value();
        row.policySetId = policySetId;
        getEntityManager().merge(row);
    }

    Optional<RunId> runOfOutcome(String id) {
        return Optional.ofNullable(getEntityManager().find(OutcomeEntity.class, id))
                .map(row -> new RunId(row.runId));
    }

    AssessmentEntity ensure(RunId run) {
        return find(run).orElseGet(() -> {
            AssessmentEntity row = new AssessmentEntity();
            row.runId = run.value();
            persist(row);
            return row;
        });
    }
}

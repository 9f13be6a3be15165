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

    AssessmentEntity ensure(RunId run) {
        return find(run).orElseGet(() -> {
            AssessmentEntity row = new AssessmentEntity();
            row.runId = run.value();
            persist(row);
            return row;
        });
    }
}

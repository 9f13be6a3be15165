package io.terrafleet.api.assessment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;

@ApplicationScoped
class AssessmentStore implements PanacheRepositoryBase<AssessmentEntity, String> {
    Optional<AssessmentEntity> find(RunId run) {
        return findByIdOptional(run.value());
    }

    /** Made when it is missing, and locked: both judges may answer at the same moment. */
    AssessmentEntity ensure(RunId run) {
        getEntityManager()
                .createNativeQuery("insert into assessment (run_id) values (?1) on conflict do nothing")
                .setParameter(1, run.value())
                .executeUpdate();
        return findByIdOptional(run.value(), LockModeType.PESSIMISTIC_WRITE).orElseThrow();
    }
}

package io.terrafleet.api.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Synchronize;

/** What a run is searched by. The database writes it when the run is made. */
@Entity
@Immutable
@Synchronize("run")
@Table(name = "run_text")
@SuppressWarnings("NullAway.Init")
class RunTextEntity {
    /** That of the run. */
    @Id
    long number;

    @Column(name = "organization_id")
    String organizationId;

    /** Id, message and the name of whoever made it, in lower case and apart from each other. */
    String text;
}

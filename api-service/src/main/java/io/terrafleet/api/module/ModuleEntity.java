package io.terrafleet.api.module;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "registry_module")
@SuppressWarnings("NullAway.Init")
class ModuleEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String provider;

    @Column(name = "vcs_identifier")
    @Nullable
    String vcsIdentifier;

    @Column(name = "vcs_oauth_token_id")
    @Nullable
    String vcsOauthTokenId;

    @Column(name = "vcs_branch")
    String vcsBranch = "";

    @Column(name = "vcs_tag_prefix")
    String vcsTagPrefix = "";

    @Column(name = "vcs_source_directory")
    String vcsSourceDirectory = "";

    @Column(name = "vcs_error")
    @Nullable
    String vcsError;

    /** When the repository is looked at next; null for one that is not followed. */
    @Column(name = "vcs_due_at")
    @Nullable
    Instant vcsDueAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}

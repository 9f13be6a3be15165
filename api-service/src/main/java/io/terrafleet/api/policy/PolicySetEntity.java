package io.terrafleet.api.policy;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policy_set")
@SuppressWarnings("NullAway.Init")
class PolicySetEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String description;
    boolean global;
    boolean overridable;
    boolean library;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "current_version_id")
    @Nullable
    String currentVersionId;

    @Column(name = "newest_version_id")
    @Nullable
    String newestVersionId;

    @Column(name = "undecided_blocks")
    boolean undecidedBlocks = true;

    boolean legacy;

    @Column(name = "required_approvals")
    int requiredApprovals = 1;

    @Column(name = "author_may_override")
    boolean authorMayOverride = true;

    @Column(name = "engine_url")
    @Nullable
    String engineUrl;

    @Column(name = "engine_reads_cost")
    boolean engineReadsCost = true;

    /** Names, with spaces between them. */
    @Column(name = "allowed_functions")
    String allowedFunctions = "";

    @Column(name = "secrets_artifact_id")
    @Nullable
    String secretsArtifactId;

    @Column(name = "vcs_identifier")
    @Nullable
    String vcsIdentifier;

    @Column(name = "vcs_branch")
    String vcsBranch = "";

    @Column(name = "vcs_oauth_token_id")
    @Nullable
    String vcsOauthTokenId;

    @Column(name = "vcs_submodules")
    boolean vcsSubmodules;

    @Column(name = "policies_path")
    String policiesPath = "";

    /** When its repository is looked at next. */
    @Column(name = "vcs_due_at")
    @Nullable
    Instant vcsDueAt;

    @Column(name = "vcs_error")
    @Nullable
    String vcsError;

    @ElementCollection
    @CollectionTable(name = "policy_set_policy", joinColumns = @JoinColumn(name = "policy_set_id"))
    @Column(name = "policy_id")
    @Fetch(FetchMode.SUBSELECT)
    Set<String> policyIds = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "policy_set_attachment", joinColumns = @JoinColumn(name = "policy_set_id"))
    @Fetch(FetchMode.SUBSELECT)
    Set<Attachment> attachments = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "policy_set_tag_selector", joinColumns = @JoinColumn(name = "policy_set_id"))
    @Fetch(FetchMode.SUBSELECT)
    Set<Selector> selectors = new HashSet<>();

    /** @param anyValue whether the value does not matter; it is empty then */
    @Embeddable
    record Selector(
            @Column(name = "tag_key") String tagKey,
            @Column(name = "tag_value") String tagValue,
            @Column(name = "any_value") boolean anyValue,
            boolean excluded) {
        static Selector of(TagSelector selector) {
            return new Selector(
                    selector.key(),
                    selector.value().orElse(""),
                    selector.value().isEmpty(),
                    selector.excludes());
        }

        TagSelector view() {
            return new TagSelector(tagKey, anyValue ? Optional.empty() : Optional.of(tagValue), excluded);
        }
    }

    /** @param kind the word of a {@link Reach} */
    @Embeddable
    record Attachment(String kind, @Column(name = "target_id") String targetId) {}
}

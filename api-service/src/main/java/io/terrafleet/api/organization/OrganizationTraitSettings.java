package io.terrafleet.api.organization;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.Optional;

/**
 * What a caller may set of {@link OrganizationTraits}; what is absent takes its default, or stays as it is.
 *
 * @param sessionTimeout 0 takes it back
 * @param sessionRemember 0 takes it back
 * @param defaultAgentPoolId empty text takes it back
 */
public record OrganizationTraitSettings(
        Optional<Integer> sessionTimeout,
        Optional<Integer> sessionRemember,
        Optional<Boolean> passingStatuses,
        Optional<Boolean> aggregatedCommitStatus,
        Optional<Boolean> speculativePlanManagement,
        Optional<String> ownersTeamSamlRoleId,
        Optional<String> defaultAgentPoolId) {
    /** Nothing is said about any of them. */
    public static final OrganizationTraitSettings NONE = new OrganizationTraitSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final long MOST_MINUTES = 525_600;

    /** A wish for what is not served is refused, not forgotten. */
    static OrganizationTraitSettings read(RequestDocument document) {
        document.text("collaborator-auth-policy")
                .filter(policy -> !policy.equals("password"))
                .ifPresent(policy -> {
                    throw Problem.invalid(
                            "collaborator-auth-policy", "Collaborator auth policy can only be \"password\" here");
                });
        if (!document.flag("cost-estimation-enabled").orElse(true)) {
            throw Problem.invalid(
                    "cost-estimation-enabled", "Cost estimation enabled can only be true: every plan is priced here");
        }
        if (document.flag("assessments-enforced").orElse(false)) {
            throw Problem.invalid("assessments-enforced", "This setting is not served yet and can only be false");
        }
        Optional<Boolean> passing = document.flag("send-passing-statuses-for-untriggered-speculative-plans");
        Optional<Boolean> aggregated = document.flag("aggregated-commit-status-enabled");
        if (passing.orElse(false) && aggregated.orElse(false)) {
            throw Problem.invalid(
                    "aggregated-commit-status-enabled",
                    "Aggregated commit status enabled cannot be true together with send passing statuses");
        }
        return new OrganizationTraitSettings(
                minutes(document, "session-timeout", "Session timeout"),
                minutes(document, "session-remember", "Session remember"),
                passing,
                aggregated,
                document.flag("speculative-plan-management-enabled"),
                document.isNull("owners-team-saml-role-id")
                        ? Optional.of("")
                        : document.text("owners-team-saml-role-id", 250),
                document.hasRelationship("default-agent-pool")
                        ? Optional.of(document.related("default-agent-pool").orElse(""))
                        : Optional.empty());
    }

    private static Optional<Integer> minutes(RequestDocument document, String attribute, String name) {
        if (document.isNull(attribute)) {
            return Optional.of(0);
        }
        return document.integer(attribute).map(minutes -> {
            if (minutes < 1 || minutes > MOST_MINUTES) {
                throw Problem.invalid(attribute, name + " must be from 1 to " + MOST_MINUTES + " minutes");
            }
            return Math.toIntExact(minutes);
        });
    }
}

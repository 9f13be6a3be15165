package io.terrafleet.api.policy;

import io.terrafleet.api.organization.OrganizationCreated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every new organization the built-in rules: a global set, mandatory and overridable. Its parameters ({@code allowed_amis},
 * {@code allowed_cidrs}, {@code phi_resources}, {@code encryption}) are the organization's to add.
 */
@ApplicationScoped
class SecurityStandards {
    static final String NAME = "security-standards";
    private static final Map<String, String> RULES = rules();

    private final PolicySets sets;
    private final Policies policies;
    private final PolicySetContents contents;

    SecurityStandards(PolicySets sets, Policies policies, PolicySetContents contents) {
        this.sets = sets;
        this.policies = policies;
        this.contents = contents;
    }

    @Transactional
    void give(@Observes OrganizationCreated organization) {
        PolicySetSettings settings = new PolicySetSettings(
                Optional.of(NAME),
                Optional.of("The security standards that Terrafleet ships."),
                Optional.of(true),
                Optional.of(true),
                TermsSettings.NONE,
                SourceSettings.NONE);
        PolicySet set = sets.create(organization.organizationId(), settings, true);
        List<String> rules = RULES.entrySet().stream()
                .map(rule -> policies.createBuiltIn(
                                organization.organizationId(),
                                rule.getKey(),
                                "data.terrafleet." + rule.getKey() + ".deny",
                                rule.getValue())
                        .id())
                .toList();
        contents.addPolicies(set.id(), rules);
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("sg_ingress_cidr", "Ingress comes from the corporate range only.");
        rules.put("encryption_at_rest", "Data is encrypted at rest.");
        rules.put("ec2_hardened_ami", "Machines start from hardened images only.");
        rules.put("phi_access", "Access to sensitive data is approved.");
        return rules;
    }
}

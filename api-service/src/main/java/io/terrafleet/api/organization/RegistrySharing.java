package io.terrafleet.api.organization;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The door to who may take from whose private registry: members always, others as a site administrator has said. */
@ApplicationScoped
public class RegistrySharing {
    private static final int MOST = 1_000;

    private final OrganizationStore store;
    private final Organizations organizations;
    private final Grants grants;

    RegistrySharing(OrganizationStore store, Organizations organizations, Grants grants) {
        this.store = store;
        this.organizations = organizations;
        this.grants = grants;
    }

    /** The organization whose modules are asked for; 404 for who may not have them. */
    @Transactional
    public Organization ofModules(Principal who, String name) {
        return shared(who, name, true).orElseGet(() -> organizations.permitted(who, name, Permission.READ));
    }

    /** The organization whose providers are asked for; 404 for who may not have them. */
    @Transactional
    public Organization ofProviders(Principal who, String name) {
        return shared(who, name, false).orElseGet(() -> organizations.permitted(who, name, Permission.READ));
    }

    private Optional<Organization> shared(Principal who, String name, boolean modules) {
        List<String> own = who.isUser()
                ? grants.organizationsOf(who)
                : who.organizationId().stream().toList();
        return organizations
                .byName(name)
                .filter(organization -> !own.contains(organization.id()))
                .filter(organization -> own.stream().anyMatch(member -> {
                    boolean all = modules
                            ? organization.limits().sharesModules()
                            : organization.limits().sharesProviders();
                    boolean named = modules && store.consumes(organization.id(), member);
                    return (all || named) && grants.requireOwnReach(who, member);
                }));
    }

    /** By name. */
    @Transactional
    public List<Organization> consumers(String organizationId) {
        return store.consumers(organizationId).stream()
                .flatMap(id -> organizations.find(id).stream())
                .toList();
    }

    /** Those whose modules, or providers, the organization may take; by name. */
    @Transactional
    public List<Organization> producers(String consumerId, boolean modules) {
        return store.producers(consumerId, modules).stream()
                .flatMap(id -> organizations.find(id).stream())
                .toList();
    }

    /** How many are named; who shares with everybody counts nobody. */
    @Transactional
    long countConsumers(String organizationId) {
        return store.countConsumers(organizationId);
    }

    /** Exactly these afterwards. */
    @Transactional
    public void replaceConsumers(String organizationId, List<String> names) {
        if (names.size() > MOST) {
            throw Problem.unprocessable("An organization may have at most " + MOST + " module consumers.");
        }
        List<String> ids = names.stream()
                .distinct()
                .map(name -> organizations
                        .byName(name)
                        .map(Organization::id)
                        .filter(id -> !id.equals(organizationId))
                        .orElseThrow(() -> Problem.unprocessable("There is no other organization named \""
                                + (name.length() > 60 ? name.substring(0, 60) + "…" : name) + "\".")))
                .toList();
        store.replaceConsumers(organizationId, ids);
    }
}

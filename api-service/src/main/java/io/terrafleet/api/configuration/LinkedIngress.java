package io.terrafleet.api.configuration;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The commit that a configuration is; named like the configuration. */
@ApplicationScoped
class LinkedIngress implements Linked {
    private final Configurations configurations;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    LinkedIngress(Configurations configurations, Workspaces workspaces, Grants grants, Caller caller) {
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "ingress-attributes";
    }

    @Override
    public Optional<Resource> find(String id) {
        return Optional.of(id)
                .filter(text -> Ids.isOne("ia", text))
                .flatMap(text -> configurations.find("cv" + text.substring("ia".length())))
                .filter(configuration -> workspaces
                        .place(configuration.workspace())
                        .filter(place -> grants.allows(caller.principal(), place, Permission.READ_RUNS))
                        .isPresent())
                .flatMap(ConfigurationView::ingress);
    }
}

package io.terrafleet.api.provider;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class ProviderVersionsRelation implements Relation {
    private final Providers providers;
    private final Grants grants;
    private final Caller caller;

    ProviderVersionsRelation(Providers providers, Grants grants, Caller caller) {
        this.providers = providers;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "registry-providers";
    }

    @Override
    public String name() {
        return "registry-provider-versions";
    }

    @Override
    public List<Resource> of(String id) {
        boolean mayChange = providers
                .find(id)
                .filter(provider ->
                        grants.allows(caller.principal(), provider.organizationId(), Permission.MANAGE_PROVIDERS))
                .isPresent();
        return providers.versions(id).stream()
                .map(version -> ProviderView.of(version, mayChange))
                .toList();
    }
}

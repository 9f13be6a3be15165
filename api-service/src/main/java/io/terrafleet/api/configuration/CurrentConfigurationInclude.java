package io.terrafleet.api.configuration;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The workspace's newest configuration that has been uploaded. */
@ApplicationScoped
class CurrentConfigurationInclude implements WorkspaceInclude {
    private final Configurations configurations;

    CurrentConfigurationInclude(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String name() {
        return "current_configuration_version";
    }

    @Override
    public String relationship() {
        return "current-configuration-version";
    }

    @Override
    public Permission needed() {
        return Permission.READ_RUNS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return configurations.latestUploaded(workspace.id()).map(ConfigurationView::of).stream()
                .toList();
    }
}

package io.terrafleet.api.run;

import io.terrafleet.api.configuration.ConfigurationView;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What a run was made of. */
@ApplicationScoped
class ConfigurationInclude implements RunInclude {
    private final Configurations configurations;

    ConfigurationInclude(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String name() {
        return "configuration_version";
    }

    @Override
    public List<Resource> of(Run run) {
        return configurations.find(run.configurationVersionId()).map(ConfigurationView::of).stream()
                .toList();
    }
}

package io.terrafleet.api.run;

import io.terrafleet.api.configuration.ConfigurationVersion;
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

    /** {@code include=configuration_version.ingress_attributes}: the configuration too, for what is included hangs on it. */
    @ApplicationScoped
    static class WithIngress implements RunInclude {
        private final Configurations configurations;

        WithIngress(Configurations configurations) {
            this.configurations = configurations;
        }

        @Override
        public String name() {
            return "configuration_version.ingress_attributes";
        }

        @Override
        public List<Resource> of(Run run) {
            List<ConfigurationVersion> found =
                    configurations.find(run.configurationVersionId()).stream().toList();
            return found.stream()
                    .flatMap(configuration -> java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(ConfigurationView.of(configuration)),
                            ConfigurationView.ingress(configuration).stream()))
                    .toList();
        }
    }
}

package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.Host.Known;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.host.RecordedApi;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.contracts.Json;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A repository that was renamed or moved, at hosts that no longer know its earlier name. */
class NamingTest {
    private final ObjectNode answers = Json.mapper().createObjectNode();

    private Optional<Known> asked(ServiceProvider provider, String name, Optional<String> id, Optional<String> told)
            throws Exception {
        Host host = Hosts.of(provider);
        try (RecordedApi recorded = new RecordedApi(answers)) {
            Remote remote = new Remote(URI.create("https://x/y"), Optional.empty(), Optional.empty());
            return Naming.known(new Connection(host, recorded.api(host), name, remote, Optional.empty()), id, told);
        }
    }

    @Test
    void bitbucketCloudAnswersByItsOwnId() throws Exception {
        answers.putObject("GET /repositories/acme/%7B1%7D").put("uuid", "{1}").put("full_name", "acme/spine");
        answers.putObject("GET /repositories/acme/network").put("uuid", "{2}").put("full_name", "acme/network");
        assertThat(asked(ServiceProvider.BITBUCKET_HOSTED, "acme/network", Optional.of("{1}"), Optional.empty()))
                .contains(new Known("{1}", "acme/spine"));
    }

    @Test
    void azureAnswersByItsOwnIdWhateverTheProject() throws Exception {
        answers.putObject("GET /acme/_apis/git/repositories/1?api-version=7.0")
                .put("id", "1")
                .put("remoteUrl", "https://dev.azure.com/acme/core/_git/spine");
        assertThat(asked(ServiceProvider.ADO_SERVICES, "acme/infra/_git/network", Optional.of("1"), Optional.empty()))
                .contains(new Known("1", "acme/core/_git/spine"));
    }

    @Test
    void whatWasToldCountsWhenTheHostSaysThatItIsTheSame() throws Exception {
        answers.putObject("GET /rest/api/1.0/projects/CORE/repos/spine")
                .put("id", 1)
                .put("slug", "spine")
                .putObject("project")
                .put("key", "CORE");
        Known spine = new Known("1", "CORE/spine");
        ServiceProvider provider = ServiceProvider.BITBUCKET_DATA_CENTER;
        assertThat(asked(provider, "ACME/network", Optional.of("1"), Optional.of("CORE/spine")))
                .contains(spine);
        assertThat(asked(provider, "ACME/network", Optional.of("2"), Optional.of("CORE/spine")))
                .as("another repository")
                .isEmpty();
        assertThat(asked(provider, "ACME/network", Optional.empty(), Optional.of("CORE/spine")))
                .as("nobody knows which it was")
                .isEmpty();
        answers.putObject("GET /rest/api/1.0/projects/ACME/repos/network")
                .put("id", 3)
                .put("slug", "network")
                .putObject("project")
                .put("key", "ACME");
        assertThat(asked(provider, "ACME/network", Optional.of("1"), Optional.of("CORE/spine")))
                .as("another has its name by now")
                .contains(spine);
        assertThat(asked(provider, "ACME/network", Optional.of("1"), Optional.empty()))
                .contains(new Known("3", "ACME/network"));
    }
}

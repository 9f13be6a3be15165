package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.oauth.ServiceProvider;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links that people follow, as each host's pages are documented. */
class RepositoryPagesTest {
    private static final String COMMIT = "1f3a";

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com, acme/network, https://github.com/acme/network, /commit/1f3a",
        "github_enterprise, https://git.acme.com/github/, acme/network, https://git.acme.com/github/acme/network, /commit/1f3a",
        "github, https://github.com, ssh://git@github.com/acme/network.git, https://github.com/acme/network, /commit/1f3a",
        "gitlab_hosted, https://gitlab.com, acme/infra/network, https://gitlab.com/acme/infra/network, /-/commit/1f3a",
        "gitea, https://git.acme.com:3000, acme/network, https://git.acme.com:3000/acme/network, /commit/1f3a",
        "bitbucket_hosted, https://bitbucket.org, acme/network, https://bitbucket.org/acme/network, /commits/1f3a",
        "bitbucket_data_center, https://git.acme.com, ACME/network, https://git.acme.com/projects/ACME/repos/network, /commits/1f3a",
        "bitbucket_data_center, https://git.acme.com, ~ada/network, https://git.acme.com/users/ada/repos/network, /commits/1f3a",
        "bitbucket_server, https://git.acme.com, ssh://git@git.acme.com:7999/ACME/network.git, https://git.acme.com/projects/ACME/repos/network, /commits/1f3a",
        "ado_services, https://dev.azure.com, acme/my infra/_git/network, https://dev.azure.com/acme/my%20infra/_git/network, /commit/1f3a"
    })
    void ofWhatIsNamed(String provider, String base, String identifier, String page, String commit) {
        ServiceProvider host = ServiceProvider.of(provider).orElseThrow();
        assertThat(RepositoryPages.repository(host, URI.create(base), identifier))
                .isEqualTo(page);
        assertThat(RepositoryPages.commit(host, URI.create(base), identifier, COMMIT))
                .contains(page + commit);
    }

    @Test
    void aGitServerHasNoPagesThatAnybodyKnows() {
        URI base = URI.create("https://git.acme.com");
        assertThat(RepositoryPages.commit(ServiceProvider.GIT, base, "https://git.acme.com/network.git", COMMIT))
                .isEmpty();
        assertThat(RepositoryPages.commit(ServiceProvider.GIT, base, "network", COMMIT))
                .isEmpty();
        assertThat(RepositoryPages.repository(ServiceProvider.GIT, base, "https://git.acme.com/network.git"))
                .isEqualTo("https://git.acme.com/network");
        assertThat(RepositoryPages.fetchedFrom("https://git.acme.com/network.git/"))
                .isEqualTo("https://git.acme.com/network");
    }
}

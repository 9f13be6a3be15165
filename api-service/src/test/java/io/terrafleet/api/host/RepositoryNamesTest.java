package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.terrafleet.api.oauth.Credential;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as people copy them from pages and from git, and what hosts call what is there. */
class RepositoryNamesTest {
    private static Credential connection(String provider, String base) {
        return new Credential(
                "oc-1",
                ServiceProvider.of(provider).orElseThrow(),
                URI.create(base),
                URI.create(base),
                "token",
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com, https://github.com/acme/network, acme/network",
        "github, https://github.com/, https://github.com:443/acme/network.git/, acme/network",
        "github, https://github.com, acme/network, acme/network",
        "github_enterprise, https://git.acme.com/github, https://GIT.acme.com/github/acme/network.git, acme/network",
        "gitlab_hosted, https://gitlab.com, https://gitlab.com/acme/infra/network.git, acme/infra/network",
        "gitea, https://git.acme.com:3000, https://git.acme.com:3000/acme/network.git, acme/network",
        "bitbucket_hosted, https://bitbucket.org, https://bitbucket.org/acme/network, acme/network",
        "bitbucket_data_center, https://git.acme.com, https://git.acme.com/scm/ACME/network.git, ACME/network",
        "bitbucket_data_center, https://git.acme.com, https://git.acme.com/projects/ACME/repos/network/browse, ACME/network",
        "bitbucket_data_center, https://git.acme.com, https://git.acme.com/users/ada/repos/network, ~ada/network",
        "bitbucket_data_center, https://git.acme.com, ssh://git@git.acme.com:7999/ACME/network.git, ssh://git@git.acme.com:7999/ACME/network.git",
        "ado_services, https://dev.azure.com, https://dev.azure.com/acme/infra/_git/network, acme/infra/_git/network",
        "ado_services, https://dev.azure.com, https://dev.azure.com/acme/my%20infra/_git/network, acme/my infra/_git/network",
        "git, https://git.acme.com, https://git.acme.com/anything, https://git.acme.com/anything"
    })
    void whatIsKeptIsTheHostsName(String provider, String base, String identifier, String kept) {
        assertThat(RepositoryNames.kept(connection(provider, base), identifier)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com, https://github.com.evil.com/acme/network, the connection is for https://github.com",
        "github, https://github.com, http://github.com/acme/network, the connection is for https://github.com",
        "github, https://github.com, https://github.com:8443/acme/network, the connection is for https://github.com",
        "github, https://github.com, https://ada:s3cr3t@github.com/acme/network, must name no user",
        "github, https://github.com, https://github.com/acme, such as https://github.com/acme/network.git",
        "github, https://github.com, https://github.com/acme/network/tree/main, such as https://github.com/acme/network.git",
        "github, https://github.com, https://github.com/acme/network?x=1, such as https://github.com/acme/network.git",
        "github, https://github.com, https://github.com/acme/..%2Fother, such as https://github.com/acme/network.git",
        "github_enterprise, https://git.acme.com/github, https://git.acme.com/acme/network, such as https://git.acme.com/github/acme/network.git",
        "bitbucket_data_center, https://git.acme.com, https://git.acme.com/scm/network, such as https://git.acme.com/scm/acme/network.git",
        "ado_services, https://dev.azure.com, https://dev.azure.com/acme/network, such as https://dev.azure.com/acme/infra/_git/network",
        "github, https://github.com, https://git hub.com/acme/network, not the address of a repository"
    })
    void whatTheConnectionCannotOpenIsRefusedWithAReason(
            String provider, String base, String identifier, String reason) {
        Problem refused =
                catchThrowableOfType(Problem.class, () -> RepositoryNames.kept(connection(provider, base), identifier));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail().orElse("")).contains(reason).doesNotContain("s3cr3t");
    }

    @Test
    void deliveriesSpeakOfWhatIsFollowedOverSshByItsName() {
        assertThat(RepositoryNames.overSsh(
                        ServiceProvider.GITLAB_HOSTED, URI.create("ssh://git@gitlab.com/acme/infra/network.git")))
                .contains("acme/infra/network");
        assertThat(RepositoryNames.overSsh(ServiceProvider.GIT, URI.create("ssh://git@git.acme.com/network.git")))
                .isEmpty();
    }
}

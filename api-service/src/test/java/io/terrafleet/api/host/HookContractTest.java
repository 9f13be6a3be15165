package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.host.HostHooks.Wish;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.contracts.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks are made, changed and taken away at every kind of host as its documentation says. */
class HookContractTest {
    private static final Wish WISH = new Wish(URI.create("https://terrafleet.example/webhooks/vcs/wh-1"), "s3cr3t");

    @ParameterizedTest
    @CsvSource({
        "github, acme/net, /repos/acme/net/hooks, id, PATCH",
        "gitea, acme/net, /repos/acme/net/hooks, id, PATCH",
        "gitlab_hosted, acme/sub/net, /projects/acme%2Fsub%2Fnet/hooks, id, PUT",
        "bitbucket_hosted, acme/net, /repositories/acme/net/hooks, uuid, PUT",
        "bitbucket_data_center, ACME/net, /rest/api/1.0/projects/ACME/repos/net/webhooks, id, PUT",
    })
    void oneIsMadeChangedAndTakenAway(String provider, String repository, String list, String id, String verb)
            throws Exception {
        HostHooks hooks = hooks(provider);
        ObjectNode answers = Json.mapper().createObjectNode();
        answers.putObject("POST " + list).put(id, "seven");
        answers.putObject(verb + " " + list + "/seven").put(id, "seven");
        answers.putObject("DELETE " + list + "/seven");
        try (RecordedApi host = new RecordedApi(answers)) {
            HostApi api = api(provider, host);
            assertThat(hooks.put(api, repository, Optional.empty(), WISH)).isEqualTo("seven");
            assertThat(hooks.put(api, repository, Optional.of("seven"), WISH)).isEqualTo("seven");
            assertThat(hooks.put(api, repository, Optional.of("gone"), WISH)).isEqualTo("seven");
            hooks.remove(api, repository, "seven");
            hooks.remove(api, repository, "gone");
            List<RecordedApi.Request> requests = host.requests();
            assertThat(requests)
                    .extracting(RecordedApi.Request::what)
                    .containsExactly(
                            "POST " + list,
                            verb + " " + list + "/seven",
                            verb + " " + list + "/gone",
                            "POST " + list,
                            "DELETE " + list + "/seven",
                            "DELETE " + list + "/gone");
            assertThat(requests.getFirst().body().toString())
                    .contains(WISH.address().toString(), "s3cr3t", "events");
        }
    }

    @Test
    void azureHasASubscriptionForEachKindOfEvent() throws Exception {
        HostHooks hooks = hooks("ado_services");
        String list = "/acme/_apis/hooks/subscriptions";
        ObjectNode answers = Json.mapper().createObjectNode();
        answers.putObject("GET /acme/infra/_apis/git/repositories/net?api-version=7.0")
                .put("id", "the-repository")
                .putObject("project")
                .put("id", "the-project");
        answers.putObject("POST " + list + "?api-version=7.0").put("id", "sub");
        answers.putObject("PUT " + list + "/sub?api-version=7.0").put("id", "sub");
        answers.putObject("DELETE " + list + "/sub?api-version=7.0");
        try (RecordedApi host = new RecordedApi(answers)) {
            HostApi api = api("ado_services", host);
            String ids = hooks.put(api, "acme/infra/_git/net", Optional.empty(), WISH);
            assertThat(ids).isEqualTo("sub,sub,sub,sub");
            assertThat(hooks.put(api, "acme/infra/_git/net", Optional.of(ids), WISH))
                    .isEqualTo(ids);
            hooks.remove(api, "acme/infra/_git/net", ids);
            assertThat(host.requests().get(1).body().toString())
                    .contains("git.push", "the-repository", "the-project", "basicAuthPassword", "s3cr3t");
            assertThat(host.requests()).hasSize(1 + 4 + 1 + 4 + 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"github", "gitea", "gitlab_hosted", "bitbucket_hosted", "bitbucket_data_center", "ado_services"})
    void whoMayNotIsToldSoAndWhatToChooseByHand(String provider) throws Exception {
        try (RecordedApi host = new RecordedApi(Json.mapper().createObjectNode())) {
            host.refuse(403);
            HostRefused refused = catchThrowableOfType(HostRefused.class, () -> hooks(provider)
                    .put(api(provider, host), "acme/net", Optional.empty(), WISH));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason()).doesNotContain("s3cr3t");
            assertThat(hooks(provider).byHand()).isNotBlank();
        }
    }

    private static HostHooks hooks(String provider) {
        return Hosts.of(ServiceProvider.of(provider).orElseThrow()).hooks().orElseThrow();
    }

    private static HostApi api(String provider, RecordedApi host) {
        return HostContractTest.api(Hosts.of(ServiceProvider.of(provider).orElseThrow()), host.base());
    }
}

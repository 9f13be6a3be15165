package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of host says a repository is called now, and how it tells of a new name. */
class RenameContractTest {
    private static Host host(String provider) {
        return Hosts.of(ServiceProvider.of(provider).orElseThrow());
    }

    /** @param ofId empty for a host that is asked by names only */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github|acme/network|/repos/acme/network||{\"id\":11,\"full_name\":\"acme/spine\"}|11|acme/spine",
                "gitea|acme/network|/repos/acme/network|/repositories/11|{\"id\":11,\"full_name\":\"acme/spine\"}|11|acme/spine",
                "gitlab_hosted|acme/x/network|/projects/acme%2Fx%2Fnetwork|/projects/11|"
                        + "{\"id\":11,\"path_with_namespace\":\"acme/y/spine\"}|11|acme/y/spine",
                "bitbucket_hosted|acme/network|/repositories/acme/network|/repositories/acme/%7B11%7D|"
                        + "{\"uuid\":\"{11}\",\"full_name\":\"acme/spine\"}|{11}|acme/spine",
                "bitbucket_data_center|ACME/network|/rest/api/1.0/projects/ACME/repos/network||"
                        + "{\"id\":11,\"slug\":\"spine\",\"project\":{\"key\":\"CORE\"}}|11|CORE/spine",
                "ado_services|acme/infra/_git/network|/acme/infra/_apis/git/repositories/network?api-version=7.0|"
                        + "/acme/_apis/git/repositories/11?api-version=7.0|"
                        + "{\"id\":\"11\",\"name\":\"spine\",\"remoteUrl\":\"https://acme@dev.azure.com/acme/my%20infra/_git/spine\"}"
                        + "|11|acme/my infra/_git/spine"
            })
    void theNameOfTodayIsAskedFor(
            String provider, String before, String ofName, String ofId, String answer, String id, String name)
            throws Exception {
        JsonNode said = Json.mapper().readTree(answer);
        ObjectNode answers = Json.mapper().createObjectNode();
        answers.set("GET " + ofName, said);
        try (RecordedApi recorded = new RecordedApi(answers)) {
            HostApi api = recorded.api(host(provider));
            assertThat(host(provider).known(api, before)).contains(new Host.Known(id, name));
            if (ofId == null) {
                assertThat(host(provider).knownById(api, before, id)).isEmpty();
            } else {
                answers.set("GET " + ofId, said);
                assertThat(host(provider).knownById(api, before, id)).contains(new Host.Known(id, name));
            }
        }
    }

    @Test
    void aNewNameIsToldInEachHostsWay() throws Exception {
        assertThat(events(
                        "bitbucket_hosted",
                        "repo:updated",
                        "{\"repository\":{\"full_name\":\"acme/spine\"},\"changes\":{\"full_name\":{\"old\":\"acme/network\","
                                + "\"new\":\"acme/spine\"},\"name\":{\"old\":\"network\",\"new\":\"spine\"}}}"))
                .containsExactly(new HostEvent.Renamed("acme/spine", "acme/network"));
        assertThat(
                        events(
                                "bitbucket_hosted",
                                "repo:updated",
                                "{\"repository\":{\"full_name\":\"acme/spine\"},\"changes\":{\"description\":{\"old\":\"a\",\"new\":\"b\"}}}"))
                .containsExactly(new HostEvent.Other("acme/spine", "repo:updated"));
        assertThat(events(
                        "bitbucket_data_center",
                        "repo:modified",
                        "{\"old\":{\"slug\":\"network\",\"project\":{\"key\":\"ACME\"}},\"new\":{\"slug\":\"spine\","
                                + "\"project\":{\"key\":\"CORE\"}}}"))
                .containsExactly(new HostEvent.Renamed("CORE/spine", "ACME/network"));
        assertThat(events(
                        "bitbucket_data_center",
                        "repo:modified",
                        "{\"old\":{\"slug\":\"network\",\"project\":{\"key\":\"ACME\"}},\"new\":{\"slug\":\"network\","
                                + "\"project\":{\"key\":\"ACME\"}}}"))
                .containsExactly(new HostEvent.Other("ACME/network", "repo:modified"));
    }

    /** A name that is torn is asked of the host, or is nothing to us. */
    @Test
    void noSpoiltNewsOfANameBreaksTheReading() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            ObjectNode modified = (ObjectNode)
                    Json.mapper()
                            .readTree(
                                    "{\"old\":{\"slug\":\"network\",\"project\":{\"key\":\"ACME\"}},\"new\":{\"slug\":\"spine\"}}");
            Spoiling.spoil(modified, random);
            ObjectNode updated = (ObjectNode) Json.mapper()
                    .readTree("{\"repository\":{\"full_name\":\"a/b\"},\"changes\":{\"full_name\":{\"old\":\"a/c\"}}}");
            Spoiling.spoil(updated, random);
            List<HostEvent> all = new ArrayList<>(host("bitbucket_data_center").events("repo:modified", modified));
            all.addAll(host("bitbucket_hosted").events("repo:updated", updated));
            assertThat(all).hasSize(2).allSatisfy(event -> assertThat(event.repository())
                    .doesNotContain("\n"));
        }
    }

    private static List<HostEvent> events(String provider, String event, String body) throws Exception {
        return host(provider).events(event, Json.mapper().readTree(body));
    }

    @Test
    void aNameThatNoAddressCanHoldIsNoFailureOfOurs() throws Exception {
        try (RecordedApi recorded = new RecordedApi(Json.mapper().createObjectNode())) {
            HostRefused refused = catchThrowableOfType(
                    HostRefused.class, () -> host("github").known(recorded.api(host("github")), "acme/my network"));
            assertThat(refused.lasting()).isTrue();
            assertThat(refused.after()).isEqualTo(Optional.empty());
        }
    }
}

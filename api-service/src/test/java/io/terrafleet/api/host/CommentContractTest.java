package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A comment on a pull request is understood at every host: who wrote it is told by what the host calls them for good. */
class CommentContractTest {
    static Stream<Arguments> comments() {
        return Stream.of(
                Arguments.of(
                        "github",
                        "issue_comment",
                        "acme/net",
                        """
                        {"action":"created","repository":{"full_name":"acme/net"},"issue":{"number":7,"pull_request":{"url":"x"}},
                         "comment":{"id":99,"body":"terrafleet plan","user":{"login":"ada","id":5}},"sender":{"login":"ada"}}"""),
                Arguments.of(
                        "gitea",
                        "issue_comment",
                        "acme/net",
                        """
                        {"action":"created","is_pull":true,"repository":{"full_name":"acme/net"},"issue":{"number":7},
                         "comment":{"id":99,"body":"terrafleet plan","user":{"login":"ada","id":5}},"sender":{"login":"ada"}}"""),
                Arguments.of(
                        "gitlab_hosted",
                        "Note Hook",
                        "acme/sub/net",
                        """
                        {"object_kind":"note","user":{"username":"ada"},"project":{"path_with_namespace":"acme/sub/net"},
                         "object_attributes":{"id":99,"note":"terrafleet plan","noteable_type":"MergeRequest","author_id":5},
                         "merge_request":{"iid":7}}"""),
                Arguments.of(
                        "bitbucket_hosted",
                        "pullrequest:comment_created",
                        "acme/net",
                        """
                        {"actor":{"uuid":"5","nickname":"ada"},"repository":{"full_name":"acme/net"},"pullrequest":{"id":7},
                         "comment":{"id":99,"content":{"raw":"terrafleet plan"}}}"""),
                Arguments.of(
                        "bitbucket_data_center",
                        "pr:comment:added",
                        "ACME/net",
                        """
                        {"actor":{"name":"ada","id":5},"pullRequest":{"id":7,"toRef":{"repository":{"slug":"net","project":{"key":"ACME"}}}},
                         "comment":{"id":99,"text":"terrafleet plan","author":{"name":"ada","id":5}}}"""),
                Arguments.of(
                        "ado_services",
                        "ms.vss-code.git-pullrequest-comment-event",
                        "acme/infra/_git/net",
                        """
                        {"eventType":"ms.vss-code.git-pullrequest-comment-event","resource":{
                         "comment":{"id":99,"content":"terrafleet plan","author":{"id":"5","uniqueName":"ada"}},
                         "pullRequest":{"pullRequestId":7,"repository":{"remoteUrl":"https://dev.azure.com/acme/infra/_git/net"}}}}"""));
    }

    @ParameterizedTest
    @MethodSource("comments")
    void aCommentIsUnderstood(String provider, String event, String repository, String json) throws IOException {
        JsonNode body = Json.mapper().readTree(json);
        List<HostEvent> events =
                Hosts.of(ServiceProvider.of(provider).orElseThrow()).events(event, body);
        assertThat(events).containsExactly(new HostEvent.Commented(repository, 7, "99", "5", "ada", "terrafleet plan"));
    }

    @Test
    void whatIsEditedOrNotOfAPullRequestCommandsNothing() throws IOException {
        String comment =
                "{\"action\":\"%s\",\"issue\":{\"number\":7%s},\"comment\":{\"id\":9,\"body\":\"terrafleet plan\",\"user\":{\"id\":5}}}";
        for (JsonNode body : List.of(
                Json.mapper().readTree(comment.formatted("edited", ",\"pull_request\":{}")),
                Json.mapper().readTree(comment.formatted("created", "")))) {
            assertThat(new GitHub().events("issue_comment", body))
                    .singleElement()
                    .isInstanceOf(HostEvent.Other.class);
        }
        JsonNode onIssue = Json.mapper()
                .readTree(
                        "{\"object_kind\":\"note\",\"object_attributes\":{\"noteable_type\":\"Issue\",\"note\":\"terrafleet plan\"}}");
        assertThat(new GitLab().events("Note Hook", onIssue)).singleElement().isInstanceOf(HostEvent.Other.class);
    }
}

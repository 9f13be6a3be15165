package io.terrafleet.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ids that a caller gives elsewhere than in the address: as what a request's document links to, in its attributes, as a filter. Somebody
 * else's are answered exactly like those of nobody, and never taken.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ForeignIdsIT {
    private static final Pattern TIME = Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\"");

    private static Tenant.Company company;
    private static World own;
    private static World foreign;
    private static World nobody;

    @Inject
    Tenant tenant;

    @Inject
    RunTaker runs;

    @BeforeEach
    void make() {
        if (own == null) {
            company = tenant.company();
            own = World.of(tenant, runs, company);
            foreign = World.of(tenant, runs, tenant.company());
            nobody = foreign.nobody();
        }
    }

    /** Names in braces are the caller's own, in angle brackets another's. */
    private static String filled(String text, World other) {
        String filled = text;
        for (Map.Entry<String, String> id : own.ids().entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        for (Map.Entry<String, String> id : other.ids().entrySet()) {
            filled = filled.replace("<" + id.getKey() + ">", id.getValue());
        }
        return filled;
    }

    /** Their ids become those of nobody, and every time the same. */
    private static String anonymous(String text) {
        String anonymous = TIME.matcher(text).replaceAll("\"now\"");
        for (Map.Entry<String, String> id : foreign.ids().entrySet()) {
            anonymous = anonymous.replace(id.getValue(), nobody.ids().getOrDefault(id.getKey(), ""));
        }
        return anonymous;
    }

    private static Response ask(String method, String path, String body, World other) {
        RequestSpecification request = company.owner().asks();
        if (!method.equals("GET")) {
            request.body(filled(body, other));
        }
        String address = filled("/api/v2/" + path, other).replace("[", "%5B").replace("]", "%5D");
        return request.request(method, address);
    }

    private static void assertTellsNothing(String method, String path, String body) {
        Response none = ask(method, path, body, nobody);
        Response theirs = ask(method, path, body, foreign);
        assertThat(theirs.statusCode())
                .as("%s, and of nobody %d %s", theirs.asString(), none.statusCode(), none.asString())
                .isEqualTo(none.statusCode())
                .isLessThan(500);
        assertThat(anonymous(theirs.asString())).isEqualTo(anonymous(none.asString()));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            POST  | runs                             | "workspace":{"data":{"type":"workspaces","id":"<workspace>"}}
            POST  | runs                             | "workspace":{"data":{"type":"workspaces","id":"{workspace}"}},"configuration-version":{"data":{"type":"configuration-versions","id":"<configuration_version>"}}
            POST  | queries                          | "workspace":{"data":{"type":"workspaces","id":"<workspace>"}}
            POST  | plan-exports                     | "plan":{"data":{"type":"plans","id":"<plan>"}}
            POST  | vars                             | "workspace":{"data":{"type":"workspaces","id":"<workspace>"}}
            POST  | workspaces/{workspace}/run-triggers | "sourceable":{"data":{"type":"workspaces","id":"<workspace>"}}
            POST  | workspaces/{workspace}/tasks     | "task":{"data":{"type":"tasks","id":"<task>"}}
            POST  | workspaces/{workspace}/notification-configurations | "users":{"data":[{"type":"users","id":"<user>"}]}
            PATCH | workspaces/{workspace}           | "project":{"data":{"type":"projects","id":"<project>"}}
            PATCH | workspaces/{workspace}/state-versions | "rollback-state-version":{"data":{"type":"state-versions","id":"<state_version>"}}
            POST  | team-workspaces                  | "team":{"data":{"type":"teams","id":"{team}"}},"workspace":{"data":{"type":"workspaces","id":"<workspace>"}}
            POST  | team-workspaces                  | "team":{"data":{"type":"teams","id":"<team>"}},"workspace":{"data":{"type":"workspaces","id":"{workspace}"}}
            POST  | team-projects                    | "team":{"data":{"type":"teams","id":"{team}"}},"project":{"data":{"type":"projects","id":"<project>"}}
            POST  | team-projects                    | "team":{"data":{"type":"teams","id":"<team>"}},"project":{"data":{"type":"projects","id":"{project}"}}
            PATCH | agent-pools/{agent_pool}         | "allowed-workspaces":{"data":[{"type":"workspaces","id":"<workspace>"}]}
            PATCH | agent-pools/{agent_pool}         | "allowed-projects":{"data":[{"type":"projects","id":"<project>"}]}
            PATCH | agent-pools/{agent_pool}         | "excluded-workspaces":{"data":[{"type":"workspaces","id":"<workspace>"}]}
            PATCH | organizations/{organization}     | "default-agent-pool":{"data":{"type":"agent-pools","id":"<agent_pool>"}}
            PATCH | oauth-clients/{oauth_client}     | "projects":{"data":[{"type":"projects","id":"<project>"}]}
            POST  | organizations/{organization}/policy-sets | "workspaces":{"data":[{"type":"workspaces","id":"<workspace>"}]}
            POST  | organizations/{organization}/policy-sets | "projects":{"data":[{"type":"projects","id":"<project>"}]}
            POST  | organizations/{organization}/policy-sets | "policies":{"data":[{"type":"policies","id":"<policy>"}]}
            POST  | organizations/{organization}/organization-memberships | "teams":{"data":[{"type":"teams","id":"<team>"}]}
            """)
    void inRelationships(String method, String path, String relationships) {
        String attributes = "\"access\":\"read\",\"enforcement-level\":\"mandatory\",\"name\":\"\",\"kind\":\"opa\","
                + "\"key\":\"a\",\"category\":\"env\",\"data-type\":\"sentinel-mock-bundle-v0\"";
        for (String given : List.of(attributes, attributes.replace("\"name\":\"\",", ""), "")) {
            assertTellsNothing(
                    method,
                    path,
                    "{\"data\":{\"attributes\":{" + given + "},\"relationships\":{" + relationships + "}}}");
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            POST   | workspaces/{workspace}/relationships/remote-state-consumers | {"type":"workspaces","id":"<workspace>"}
            PATCH  | workspaces/{workspace}/relationships/remote-state-consumers | {"type":"workspaces","id":"<workspace>"}
            DELETE | workspaces/{workspace}/relationships/remote-state-consumers | {"type":"workspaces","id":"<workspace>"}
            POST   | varsets/{varset}/relationships/workspaces                   | {"type":"workspaces","id":"<workspace>"}
            POST   | varsets/{varset}/relationships/projects                     | {"type":"projects","id":"<project>"}
            DELETE | varsets/{varset}/relationships/workspaces                   | {"type":"workspaces","id":"<workspace>"}
            POST   | policy-sets/{policy_set}/relationships/workspaces           | {"type":"workspaces","id":"<workspace>"}
            POST   | policy-sets/{policy_set}/relationships/projects             | {"type":"projects","id":"<project>"}
            POST   | policy-sets/{policy_set}/relationships/policies             | {"type":"policies","id":"<policy>"}
            POST   | policy-sets/{policy_set}/relationships/workspace-exclusions | {"type":"workspaces","id":"<workspace>"}
            POST   | policy-sets/{policy_set}/relationships/project-exclusions   | {"type":"projects","id":"<project>"}
            POST   | oauth-clients/{oauth_client}/relationships/projects         | {"type":"projects","id":"<project>"}
            POST   | teams/{team}/relationships/organization-memberships         | {"type":"organization-memberships","id":"<membership>"}
            POST   | projects/{project}/relationships/workspaces                 | {"type":"workspaces","id":"<workspace>"}
            POST   | tags/tag-Ymx1ZQ/relationships/workspaces                    | {"type":"workspaces","id":"<workspace>"}
            """)
    void inLists(String method, String path, String link) {
        assertTellsNothing(method, path, "{\"data\":[" + link + "]}");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            PATCH | workspaces/{workspace}/relationships/ssh-key | "id":"<ssh_key>"
            PATCH | workspaces/{workspace}                       | "execution-mode":"agent","agent-pool-id":"<agent_pool>"
            PATCH | organizations/{organization}                 | "default-execution-mode":"agent","default-agent-pool-id":"<agent_pool>"
            POST  | organizations/{organization}/agent-pools     | "name":"","allowed-workspaces":["<workspace>"]
            """)
    void inAttributes(String method, String path, String attributes) {
        assertTellsNothing(method, path, "{\"data\":{\"attributes\":{" + attributes + "}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team-workspaces?filter[workspace][id]=<workspace>",
                "team-projects?filter[project][id]=<project>",
                "vars?filter[organization][name]=<organization>&filter[workspace][name]=<workspace_name>",
                "state-versions?filter[organization][name]=<organization>&filter[workspace][name]=<workspace_name>",
                "organization/audit-trail?organization=<organization>",
                "organizations/{organization}/workspaces?filter[project][id]=<project>",
                "organizations/{organization}/agent-pools?filter[allowed-workspaces][name]=<workspace_name>",
                "organizations/{organization}/runs?filter[workspace_names]=<workspace_name>",
                "organizations/{organization}/runs?search[basic]=<run>"
            })
    void asFilters(String path) {
        assertTellsNothing("GET", path, "");
    }
}

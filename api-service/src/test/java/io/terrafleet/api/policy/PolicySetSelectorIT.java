package io.terrafleet.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceTags;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PolicySetSelectorIT {
    @Inject
    Tenant tenant;

    @Inject
    PolicySets sets;

    @Inject
    Workspaces workspaces;

    @Inject
    WorkspaceTags tags;

    @Test
    void aSetFindsItsWorkspacesByTags() {
        Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        String policy = policy(company);
        String set = set(company, policy, "false");
        assertThat(applicable(workspace)).doesNotContain("by-tag");
        select(company, set, "[{\"tag-key\":\"env\",\"tag-value\":\"prod\",\"is-exclude\":false}]", 204);
        company.owner()
                .asks()
                .get("/api/v2/policy-sets/" + set)
                .then()
                .body("data.attributes.scoping-type", equalTo("tag"))
                .body("data.attributes.tag-selectors[0].tag-key", equalTo("env"));
        tags.put(workspace.id(), Map.of("env", "dev"));
        assertThat(applicable(workspace)).doesNotContain("by-tag");
        tags.put(workspace.id(), Map.of("env", "prod"));
        assertThat(applicable(workspace)).contains("by-tag");
        select(company, set, "[{\"tag-key\":\"frozen\",\"tag-value\":null,\"is-exclude\":true}]", 204);
        assertThat(applicable(workspace)).contains("by-tag");
        tags.put(workspace.id(), Map.of("frozen", "yes"));
        assertThat(applicable(workspace)).doesNotContain("by-tag");
        company.owner()
                .asks()
                .body("{\"data\":[{\"tag-key\":\"frozen\",\"tag-value\":null,\"is-exclude\":true}]}")
                .delete("/api/v2/policy-sets/" + set + "/tag-selectors")
                .then()
                .statusCode(204);
        assertThat(applicable(workspace)).contains("by-tag");
    }

    @Test
    void tagsAndTiesExcludeEachOther() {
        Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        String policy = policy(company);
        String global = set(company, policy, "true");
        select(company, global, "[{\"tag-key\":\"env\",\"tag-value\":\"prod\",\"is-exclude\":false}]", 422);
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"global\":false}}}")
                .patch("/api/v2/policy-sets/" + global)
                .then()
                .statusCode(200)
                .body("data.attributes.tag-selectors", hasSize(0));
        select(company, global, "[{\"tag-key\":\"\",\"tag-value\":\"prod\"}]", 422);
        select(company, global, "[{\"tag-key\":\"env\",\"tag-value\":\"prod\",\"is-exclude\":false}]", 204);
        company.owner()
                .asks()
                .body("{\"data\":[{\"id\":\"" + workspace.id() + "\",\"type\":\"workspaces\"}]}")
                .post("/api/v2/policy-sets/" + global + "/relationships/workspaces")
                .then()
                .statusCode(422);
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"global\":true}}}")
                .patch("/api/v2/policy-sets/" + global)
                .then()
                .statusCode(422);
        tenant.member(company, Role.WRITER)
                .asks()
                .body("{\"data\":[]}")
                .post("/api/v2/policy-sets/" + global + "/tag-selectors")
                .then()
                .statusCode(403);
    }

    private List<String> applicable(Workspace workspace) {
        return sets.applicableTo(workspaces.find(workspace.id()).orElseThrow()).stream()
                .map(PolicySetRef::name)
                .toList();
    }

    private void select(Company company, String set, String selectors, int status) {
        company.owner()
                .asks()
                .body("{\"data\":" + selectors + "}")
                .post("/api/v2/policy-sets/" + set + "/tag-selectors")
                .then()
                .statusCode(status);
    }

    private String policy(Company company) {
        String id = company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"p\",\"kind\":\"opa\",\"query\":\"data.acme.deny\",\"enforcement-level\":\"mandatory\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/policies")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        company.owner()
                .asks()
                .contentType("application/octet-stream")
                .body("package acme\n\ndeny contains \"no\" if false\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put("/api/v2/policies/" + id + "/upload")
                .then()
                .statusCode(200);
        return id;
    }

    private String set(Company company, String policy, String global) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"by-tag\",\"kind\":\"opa\",\"global\":" + global
                        + "},\"relationships\":{\"policies\":{\"data\":[{\"id\":\"" + policy
                        + "\",\"type\":\"policies\"}]}}}}")
                .post("/api/v2/organizations/" + company.name() + "/policy-sets")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }
}

package io.terrafleet.api.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.NewConfiguration;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class UsageFileIT {
    private static final String USAGE =
            "version: 0.1\nresource_usage:\n  aws_lambda_function.it:\n    monthly_requests: 5\n";

    @Inject
    Tenant tenant;

    @Inject
    UsageFiles files;

    @Inject
    UsageSweep sweep;

    @Inject
    Artifacts artifacts;

    @Inject
    Workspaces workspaces;

    @Inject
    Configurations configurations;

    Tenant.Company company;
    Workspace workspace;
    String ofWorkspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        ofWorkspace = "/api/v2/workspaces/" + workspace.id() + "/usage";
    }

    @Test
    void oneForEachLevelAndTheWorkspaceComesLast() {
        String ofOrganization = "/api/v2/organizations/" + company.name() + "/usage";
        String ofProject = "/api/v2/projects/" + workspace.projectId() + "/usage";
        for (String path : new String[] {ofOrganization, ofProject, ofWorkspace}) {
            company.owner().asks().get(path).then().statusCode(404);
            put(company.owner(), path, USAGE + "# " + path + "\n", 204);
            company.owner().asks().get(path).then().statusCode(200).body(equalTo(USAGE + "# " + path + "\n"));
        }
        assertThat(files.applicableTo(workspace, "")).hasSize(3);
        assertThat(files.applicableTo(workspace, "").getLast().size())
                .isEqualTo((USAGE + "# " + ofWorkspace + "\n").length());
        put(company.owner(), ofWorkspace, USAGE, 204);
        assertThat(files.applicableTo(workspace, "").getLast().size()).isEqualTo(USAGE.length());
        company.owner().asks().delete(ofProject).then().statusCode(204);
        company.owner().asks().delete(ofProject).then().statusCode(404);
        assertThat(files.applicableTo(workspace, "")).hasSize(2);
        workspaces.delete(workspace.id(), false);
        assertThat(files.applicableTo(workspace, "")).hasSize(1);
    }

    @Test
    void theOneInTheConfigurationComesLastOfAll() {
        put(company.owner(), ofWorkspace, USAGE, 204);
        String configuration = shipped(USAGE + "# shipped\n");

        assertThat(files.applicableTo(workspace, configuration))
                .extracting(ArtifactRef::size)
                .containsExactly((long) USAGE.length(), (long) (USAGE + "# shipped\n").length());
        assertThat(files.applicableTo(workspace, "")).hasSize(1);
    }

    /** A plan that is being priced may still name it, so it goes only after a while. */
    @Test
    void whatNothingNamesAnyMoreIsDeletedAfterAWhile() {
        put(company.owner(), ofWorkspace, USAGE, 204);
        String replaced = files.applicableTo(workspace, "").getLast().id();
        put(company.owner(), ofWorkspace, USAGE + "# again\n", 204);
        String present = files.applicableTo(workspace, "").getLast().id();

        sweep.sweep(Duration.ofDays(1));
        assertThat(artifacts.find(replaced)).isPresent();
        sweep.sweep(Duration.ZERO);
        assertThat(artifacts.find(replaced)).isEmpty();
        assertThat(artifacts.find(present)).isPresent();

        workspaces.delete(workspace.id(), false);
        sweep.sweep(Duration.ZERO);
        assertThat(artifacts.find(present)).isEmpty();
    }

    @Test
    void theOneInAConfigurationGoesWithItsArchive() {
        String older = shipped(USAGE + "# older\n");
        String newer = shipped(USAGE + "# newer\n");
        assertThat(files.applicableTo(workspace, older)).hasSize(1);

        configurations.archive(older);

        assertThat(files.applicableTo(workspace, older)).isEmpty();
        assertThat(files.applicableTo(workspace, newer)).hasSize(1);
    }

    private String shipped(String usage) {
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        byte[] archive = TarGz.of(Map.of("main.tf", "", "infracost-usage.yml", usage));
        configurations.upload(promised.configuration().id(), promised.key(), new ByteArrayInputStream(archive));
        return promised.configuration().id();
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        put(company.owner(), ofWorkspace, "resource_usage:\n  a.b:\n    x: -1\n", 422)
                .body("errors[0].detail", containsString("line 3"));
        put(company.owner(), ofWorkspace, "x".repeat(UsageFiles.MOST_BYTES + 1), 413);
        assertThat(files.applicableTo(workspace, "")).isEmpty();
    }

    @Test
    void readersReadAndStrangersSeeNothing() {
        put(company.owner(), ofWorkspace, USAGE, 204);
        Tenant.Person reader = tenant.member(company, Role.READER);
        reader.asks().get(ofWorkspace).then().statusCode(200);
        put(reader, ofWorkspace, USAGE, 403);
        tenant.person().asks().get(ofWorkspace).then().statusCode(404);
    }

    private static io.restassured.response.ValidatableResponse put(
            Tenant.Person who, String path, String yaml, int status) {
        return who.asks()
                .contentType("application/yaml")
                .body(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(path)
                .then()
                .statusCode(status);
    }
}

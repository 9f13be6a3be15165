package io.terrafleet.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.SharedData;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Sends what no client should send to every operation of a document: nothing is answered with a 5xx, and a stranger's things are
 * answered exactly like things of nobody.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class FuzzIT {
    @Inject
    Tenant tenant;

    @Inject
    Organizations organizations;

    @Inject
    Workspaces workspaces;

    @Inject
    RunTaker runs;

    private final List<String> found = new ArrayList<>();
    private final Random random = new Random(4711);
    private HttpClient client;
    private Tenant.Company company;
    private World own;
    private int sent;

    private record Answer(int status, String body) {}

    @Test
    void ourOwnDocument() throws IOException, InterruptedException, URISyntaxException {
        Path document = Path.of(Objects.requireNonNull(FuzzIT.class.getResource("/fuzz/openapi.json"))
                .toURI());
        fuzz(Operation.read(document), 30, Duration.ofSeconds(8));
        assertThat(sent).isGreaterThan(500);
    }

    @Test
    void theVendorsDocument() throws IOException, InterruptedException {
        List<Operation> operations = Operation.read(SharedData.orSkip("reference/tfe-openapi.json"));
        assertThat(operations).hasSizeGreaterThan(300);
        fuzz(operations, 3, Duration.ofSeconds(20));
        assertThat(sent).isGreaterThan(8 * operations.size());
    }

    /** The vendor's document does not say what only this platform has. Pages are for browsers. */
    @Test
    void everyRouteThatIsServed() throws IOException, InterruptedException {
        byte[] document = RestAssured.get("/api/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        List<Operation> operations = Operation.read(document).stream()
                .filter(operation -> operation.path().startsWith("/api/"))
                .toList();
        assertThat(operations).hasSizeGreaterThan(350);
        fuzz(operations, 0, Duration.ZERO);
        assertThat(sent).isGreaterThan(4 * operations.size());
    }

    /** @param enough another round over all operations, after the first, begins only before this has passed */
    private void fuzz(List<Operation> document, int wrongInside, Duration enough)
            throws IOException, InterruptedException {
        World foreign = World.of(tenant, runs, tenant.company());
        World nobody = foreign.nobody();
        refresh();
        List<Operation> operations = document.stream()
                .sorted(Comparator.comparing(Operation::deletes))
                .toList();
        long begin = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            client = http;
            do {
                for (Operation operation : operations) {
                    attack(operation, wrongInside);
                    compare(operation, foreign, nobody);
                    refresh();
                }
            } while (System.nanoTime() - begin < enough.toNanos());
        }
        assertThat(found).as("of %d requests", sent).isEmpty();
    }

    /** What an attack deleted or renamed is made anew, so that later ones have something to hit. */
    private void refresh() {
        boolean whole = company != null
                && organizations
                        .byName(own.ids().getOrDefault("organization", ""))
                        .isPresent()
                && workspaces
                        .find(new WorkspaceId(own.ids().getOrDefault("workspace", "")))
                        .isPresent();
        if (!whole) {
            company = tenant.company();
            own = World.of(tenant, runs, company);
        }
    }

    private void attack(Operation operation, int wrongInside) throws IOException, InterruptedException {
        for (String body : new Bodies(operation, random, own::id).all(wrongInside)) {
            Answer answer = send(operation.method(), own.address(operation), body);
            if (answer.status() >= 500) {
                found.add(operation.method() + " " + operation.path() + " answered " + answer.status() + " to "
                        + (body.length() > 300 ? body.substring(0, 300) + "…" : body) + ": " + answer.body());
            }
        }
        Answer odd = send(
                operation.method(),
                own.address(operation) + "?page[number]=0&page[size]=x&include=%25&filter[x][y]=%FF&q=%5C%25_!",
                "{}");
        if (odd.status() >= 500) {
            found.add(operation.method() + " " + operation.path() + " with odd parameters answered " + odd.status());
        }
    }

    /** The same caller, with a stranger's ids and with ids of nobody: whoever compares learns nothing. */
    private void compare(Operation operation, World foreign, World nobody) throws IOException, InterruptedException {
        String theirs = foreign.address(operation);
        String none = nobody.address(operation);
        if (theirs.equals(none)) {
            return;
        }
        List<String> bodies = new Bodies(operation, new Random(1), type -> "x").all(1);
        for (String body : bodies.subList(Math.max(0, bodies.size() - 3), bodies.size())) {
            Answer one = send(operation.method(), theirs, body);
            Answer other = send(operation.method(), none, body);
            boolean told = one.status() != other.status()
                    || !one.body().replace(theirs, "").equals(other.body().replace(none, ""));
            if (told || one.status() >= 500) {
                found.add(operation.method() + " " + theirs + " is answered " + one + ", of nobody " + other + " to "
                        + body);
            }
        }
    }

    private Answer send(String method, String address, String body) throws IOException, InterruptedException {
        sent++;
        String encoded = address.replace("[", "%5B").replace("]", "%5D");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + encoded))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + company.owner().token())
                .header("Content-Type", "application/vnd.api+json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }
}

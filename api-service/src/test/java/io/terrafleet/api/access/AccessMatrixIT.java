package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.api.access.AccessScene.Kind;
import io.terrafleet.api.access.AccessScene.Scene;
import io.terrafleet.api.access.Routes.Route;
import io.terrafleet.testkit.PlatformResource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint with every kind of token. What each kind may do is written here by hand from the documentation of the TFE API, not taken
 * from the code that decides.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AccessMatrixIT {
    /** Routes that ask for more than they state, depending on what is asked of them. */
    private static final Set<String> MORE = Set.of(
            "POST /api/v2/workspaces/{workspace}/actions/force-unlock",
            "POST /api/v2/task-stages/{id}/actions/override",
            "DELETE /api/v2/organization-memberships/{membership}",
            "DELETE /api/v2/projects/{project}",
            "GET /api/v2/team-projects",
            "POST /api/v2/teams/{team}/authentication-token",
            "GET /api/v2/teams/{team}/authentication-token",
            "DELETE /api/v2/teams/{team}/authentication-token",
            "POST /api/v2/teams/{team}/authentication-tokens",
            "GET /api/v2/teams/{team}/authentication-tokens",
            "POST /api/v2/organizations/{organization}/workspaces",
            "POST /api/v2/organizations/{organization}/authentication-token",
            "GET /api/v2/organizations/{organization}/authentication-token",
            "DELETE /api/v2/organizations/{organization}/authentication-token");

    /** Of what the scene names, it has none of these; the tests of their rooms have. */
    private static final List<String> ABSENT =
            List.of("{workspace}/current-state-version", "/teams/{team}/authentication-token", "}/usage");

    @Inject
    BeanManager beans;

    @Inject
    AccessScene scenes;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Answer(int status, String body) {}

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void whoMayNotIsTurnedAwayEverywhere() {
        Scene scene = scenes.make();
        SoftAssertions all = new SoftAssertions();
        int asked = 0;
        for (Route route : routes()) {
            for (Kind kind : Kind.values()) {
                if (kind.may(route)) {
                    continue;
                }
                asked++;
                int status = ask(scene, route, kind).status();
                all.assertThat(status).as("%s by %s", route, kind).isIn(kind.refusals(route));
            }
        }
        all.assertAll();
        assertThat(asked).isGreaterThan(1_200);
    }

    /** What destroys is tried by the least of those who may, on a scene of its own. */
    @Test
    void whoMayGetsThrough() {
        Map<Kind, Scene> shared = new EnumMap<>(Kind.class);
        SoftAssertions all = new SoftAssertions();
        int asked = 0;
        for (Route route : routes()) {
            boolean destroys =
                    route.method().equals("DELETE") || route.template().contains("delete");
            List<Kind> callers = Arrays.stream(Kind.values())
                    .filter(kind -> kind.may(route))
                    .limit(destroys ? 1 : Kind.values().length)
                    .toList();
            for (Kind kind : callers) {
                Scene scene = destroys ? scenes.make() : shared.computeIfAbsent(kind, fresh -> scenes.make());
                asked++;
                getsThrough(all, route, kind, ask(scene, route, kind));
            }
        }
        all.assertAll();
        assertThat(asked).isGreaterThan(450);
    }

    /** Otherwise "not found" would say nothing about permissions. What has a parameter that the scene does not name is left out. */
    @Test
    void theSceneHasWhatTheAddressesName() {
        Scene scene = scenes.make();
        List<Route> named = routes().stream()
                .filter(route -> route.method().equals("GET"))
                .filter(scene::names)
                .filter(route -> ABSENT.stream().noneMatch(route.template()::contains))
                .toList();
        SoftAssertions all = new SoftAssertions();
        named.forEach(route -> all.assertThat(
                        ask(scene, route, Kind.SITE_ADMINISTRATOR).status())
                .as("%s", route)
                .isNotEqualTo(404));
        all.assertAll();
        assertThat(named).hasSizeGreaterThan(60);
    }

    private static void getsThrough(SoftAssertions all, Route route, Kind kind, Answer answer) {
        all.assertThat(answer.status())
                .as("%s by %s: %s", route, kind, answer.body())
                .isLessThan(500)
                .isNotEqualTo(401);
        if (!MORE.contains(route.toString()) && route.needs().orElseThrow().value() != Permission.KNOWN) {
            all.assertThat(answer.status())
                    .as("%s by %s: %s", route, kind, answer.body())
                    .isNotEqualTo(403);
        }
    }

    /** Pages are entered by a session, of which other tests tell. */
    private List<Route> routes() {
        return Routes.all(beans).stream()
                .filter(route -> route.needs().isPresent())
                .filter(route -> !route.template().startsWith("/app"))
                .toList();
    }

    /** With the JDK's client: of two thousand requests it takes half the time of the others. */
    private Answer ask(Scene scene, Route route, Kind kind) {
        String body = route.method().equals("GET") ? "" : scene.body(route);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + scene.address(route)))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/vnd.api+json")
                .method(
                        route.method(),
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        scene.token(kind).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(route + " by " + kind, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}

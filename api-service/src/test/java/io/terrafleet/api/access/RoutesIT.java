package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Routes.Route;
import io.terrafleet.testkit.PlatformResource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Walks every route that the service has, of this room or another. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RoutesIT {
    @Inject
    BeanManager beans;

    @Inject
    Tenant tenant;

    @Test
    void anAnswerWhosePermissionWasNotAskedForIsKeptBack() {
        Response answer = tenant.person().asks().get("/forgetful");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.asString()).contains("kept back").doesNotContain("what nobody should get");
    }

    @Test
    void everyEndpointStatesOnePermissionOrWhyItIsOpen() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : Routes.all(beans)) {
            all.assertThat(route.open().isPresent() ^ route.needs().isPresent())
                    .as("%s is @Open or says what it @Needs", route)
                    .isTrue();
        }
        all.assertAll();
    }

    @Test
    void nobodyPassesWithoutATokenSaveWhereItSaysWhy() {
        List<Route> routes = Routes.all(beans);
        assertThat(routes).hasSizeGreaterThan(60);
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes) {
            if (route.open().isPresent()) {
                all.assertThat(route.open().get().because()).as("%s", route).isNotBlank();
                continue;
            }
            for (String token : new String[] {"", "Bearer wrong", "Basic YWRtaW46YWRtaW4="}) {
                Response answer = RestAssured.given()
                        .redirects()
                        .follow(false)
                        .header("Authorization", token)
                        .contentType("application/vnd.api+json")
                        .request(route.method(), route.address());
                all.assertThat(turnedAway(route, answer))
                        .as("%s %s with \"%s\": %s", route.method(), route.address(), token, answer.statusLine())
                        .isTrue();
            }
        }
        all.assertAll();
    }

    /** A client of the API is told, a browser is sent to the place where one signs in. */
    private static boolean turnedAway(Route route, Response answer) {
        if (!route.address().startsWith("/app")) {
            return answer.statusCode() == 401;
        }
        String to = Optional.ofNullable(answer.header("Location")).orElse("");
        return answer.statusCode() == 303 && URI.create(to).getPath().equals("/app/login");
    }
}

package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.terrafleet.testkit.PlatformResource;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Walks every route that the service has, of this room or another. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RoutesIT {
    @Inject
    BeanManager beans;

    private record Route(String method, String address, Optional<Open> open, Optional<Needs> needs) {}

    @Test
    void everyEndpointStatesOnePermissionOrWhyItIsOpen() {
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes()) {
            all.assertThat(route.open().isPresent() ^ route.needs().isPresent())
                    .as("%s %s is @Open or says what it @Needs", route.method(), route.address())
                    .isTrue();
        }
        all.assertAll();
    }

    @Test
    void nobodyPassesWithoutATokenSaveWhereItSaysWhy() {
        List<Route> routes = routes();
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

    private List<Route> routes() {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .filter(type -> type.getPackageName().startsWith("io.terrafleet.api"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()).flatMap(method -> route(type, method)))
                .distinct()
                .toList();
    }

    private static Stream<Route> route(Class<?> type, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(verb -> new Route(
                        verb.value(),
                        (path(type) + path(method)).replaceAll("\\{[^}]*}", "x"),
                        Optional.ofNullable(method.getAnnotation(Open.class))
                                .or(() -> Optional.ofNullable(type.getAnnotation(Open.class))),
                        Optional.ofNullable(method.getAnnotation(Needs.class))
                                .or(() -> Optional.ofNullable(type.getAnnotation(Needs.class)))));
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        if (path == null || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}

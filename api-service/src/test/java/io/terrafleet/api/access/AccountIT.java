package io.terrafleet.api.access;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AccountIT {
    @Inject
    Tenant tenant;

    @Inject
    Users users;

    @Inject
    Tokens tokens;

    @Test
    void everybodySeesTheirOwnAddressAndNotThatOfOthers() {
        Person one = tenant.person();
        Person other = tenant.person();
        one.asks()
                .get("/api/v2/account/details")
                .then()
                .statusCode(200)
                .body("data.type", equalTo("users"))
                .body("data.attributes.username", equalTo(one.principal().name()))
                .body("data.attributes.email", equalTo(one.principal().name() + "@example.com"))
                .body("data.attributes.two-factor.enabled", equalTo(false));
        other.asks()
                .get("/api/v2/users/" + one.principal().id())
                .then()
                .statusCode(200)
                .body("data.attributes.email", nullValue());
    }

    @Test
    void anAccountIsRenamedButNotToATakenName() {
        Person one = tenant.person();
        Person other = tenant.person();
        one.asks()
                .body("{\"data\":{\"attributes\":{\"username\":\""
                        + one.principal().name() + ".x\"}}}")
                .patch("/api/v2/account/update")
                .then()
                .statusCode(200)
                .body("data.attributes.username", equalTo(one.principal().name() + ".x"));
        one.asks()
                .body("{\"data\":{\"attributes\":{\"username\":\""
                        + other.principal().name() + "\"}}}")
                .patch("/api/v2/account/update")
                .then()
                .statusCode(422);
    }

    @Test
    void aTokenShowsItsSecretOnceAndStopsWhenRevoked() {
        Person person = tenant.person();
        String address = "/api/v2/users/" + person.principal().id() + "/authentication-tokens";
        var issued = person.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"description\":\"laptop\",\"expired-at\":\"2999-01-31T00:00:00.000Z\"}}}")
                .post(address)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("authentication-tokens"))
                .body("data.attributes.token", startsWith("tfl."))
                .body("data.attributes.expired-at", equalTo("2999-01-31T00:00:00Z"))
                .extract();
        String id = issued.path("data.id");
        Person laptop = new Person(person.principal(), issued.path("data.attributes.token"));
        laptop.asks().get("/api/v2/account/details").then().statusCode(200);
        person.asks()
                .get("/api/v2/authentication-tokens/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.token", nullValue());
        person.asks().get(address).then().body("data.attributes.description", hasItem("laptop"));
        person.asks().delete("/api/v2/authentication-tokens/" + id).then().statusCode(204);
        laptop.asks().get("/api/v2/account/details").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2020-01-01T00:00:00Z\"", "\"tomorrow\"", "\"+999999-01-01T00:00:00Z\"", "17"})
    void aTokenEndsInTheFuture(String end) {
        Person person = tenant.person();
        person.asks()
                .body("{\"data\":{\"attributes\":{\"expired-at\":" + end + "}}}")
                .post("/api/v2/users/" + person.principal().id() + "/authentication-tokens")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/expired-at"));
    }

    @Test
    void nobodyTouchesTheTokensOfOthers() {
        Person person = tenant.person();
        Person stranger = tenant.person();
        String address = "/api/v2/users/" + person.principal().id() + "/authentication-tokens";
        stranger.asks().get(address).then().statusCode(404);
        stranger.asks().post(address).then().statusCode(404);
        String id = person.asks().get(address).then().extract().path("data[0].id");
        stranger.asks().delete("/api/v2/authentication-tokens/" + id).then().statusCode(404);
    }

    @Test
    void siteAdministratorsMakeUsersAndOthersDoNot() {
        String body = "{\"data\":{\"attributes\":{\"username\":\"%s\",\"email\":\"new@example.com\"}}}";
        tenant.person()
                .asks()
                .body(body.formatted("mallory"))
                .post("/api/v2/admin/users")
                .then()
                .statusCode(404);

        Person admin = admin();
        String name = "n" + admin.principal().name();
        String id = admin.asks()
                .body(body.formatted(name))
                .post("/api/v2/admin/users")
                .then()
                .statusCode(201)
                .body("data.attributes.is-site-admin", equalTo(false))
                .extract()
                .path("data.id");
        admin.asks()
                .body(body.formatted(name))
                .post("/api/v2/admin/users")
                .then()
                .statusCode(422);
        admin.asks()
                .body(body.formatted("a b"))
                .post("/api/v2/admin/users")
                .then()
                .statusCode(422);
        admin.asks()
                .post("/api/v2/users/" + id + "/authentication-tokens")
                .then()
                .statusCode(201);
        admin.asks()
                .get("/api/v2/admin/users?page%5Bsize%5D=1")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(1))
                .body("data.attributes.email", not(contains(nullValue())));
    }

    private Person admin() {
        Users.User admin = users.ensure("root" + tenant.person().principal().name(), "root@example.com", true);
        return new Person(
                new Principal(admin.id(), admin.username(), true, Optional.empty()),
                tokens.issueForUser(admin.id(), "test", Optional.empty()).secret());
    }
}

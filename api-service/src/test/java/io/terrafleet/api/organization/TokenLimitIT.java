package io.terrafleet.api.organization;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.TeamSettings;
import io.terrafleet.api.access.Teams;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TokenLimitIT {
    @Inject
    Tenant tenant;

    @Inject
    Teams teams;

    @Inject
    @Identifier("api")
    InstantSource clock;

    private Company company;
    private Person owner;
    private String address;

    @BeforeEach
    void makeCompany() {
        company = tenant.company();
        owner = company.owner();
        address = "/api/v2/organizations/" + company.name();
    }

    @Test
    void everyKindOfTokenIsHeldToItsLimit() {
        limit("organization", "3600000").body("data.attributes.token-type", contains("organization"));
        limit("audit_trails", "3600000");
        limit("team", "3600000");
        limit("user", "3600000").body("data", hasSize(4));
        String team = teams.create(company.id(), TeamSettings.named("robots")).id();
        for (String path : new String[] {
            address + "/authentication-token",
            address + "/authentication-token?token=audit-trails",
            "/api/v2/teams/" + team + "/authentication-token",
            "/api/v2/teams/" + team + "/authentication-tokens",
            "/api/v2/users/" + owner.principal().id() + "/authentication-tokens"
        }) {
            String named = "\"description\":\"" + path + "\"";
            issue(path, named).statusCode(422).body("errors[0].detail", containsString("can't be blank"));
            issue(path, named + "," + in(Duration.ofHours(2)))
                    .statusCode(422)
                    .body("errors[0].detail", containsString("at most 1 h 0 min"));
            issue(path, named + "," + in(Duration.ofMinutes(59))).statusCode(201);
        }
    }

    @Test
    void aLimitIsChangedAndTakenAway() {
        limit("team", "3600000");
        limit("team", "7200000").body("data.attributes.max-ttl-ms", contains(7_200_000));
        limit("team", "null").body("data", hasSize(0));
        owner.asks().get(address + "/token-ttl-policies").then().statusCode(200).body("data", hasSize(0));
        String team = teams.create(company.id(), TeamSettings.named("robots")).id();
        issue("/api/v2/teams/" + team + "/authentication-token", "").statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"token-ttl-policies\":[{\"token-type\":\"metrics\",\"max-ttl-ms\":3600000}]}",
                "{\"token-ttl-policies\":[{\"token-type\":\"team\"}]}",
                "{\"token-ttl-policies\":[{\"token-type\":\"team\",\"max-ttl-ms\":5}]}",
                "{\"token-ttl-policies\":[{\"token-type\":\"team\",\"max-ttl-ms\":\"1h\"}]}",
                "{\"token-ttl-policies\":[7]}"
            })
    void nonsenseIsRefused(String attributes) {
        owner.asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .patch(address + "/token-ttl-policies")
                .then()
                .statusCode(422);
    }

    @Test
    void onlyOwnersLimit() {
        Person writer = tenant.member(company, Role.WRITER);
        writer.asks().get(address + "/token-ttl-policies").then().statusCode(403);
        tenant.person().asks().get(address + "/token-ttl-policies").then().statusCode(404);
    }

    private String in(Duration time) {
        return "\"expired-at\":\"" + clock.instant().plus(time) + "\"";
    }

    private ValidatableResponse issue(String path, String attributes) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .post(path)
                .then();
    }

    private ValidatableResponse limit(String type, String millis) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":{\"token-ttl-policies\":[{\"token-type\":\"" + type
                        + "\",\"max-ttl-ms\":" + millis + "}]}}}")
                .patch(address + "/token-ttl-policies")
                .then()
                .statusCode(200);
    }
}

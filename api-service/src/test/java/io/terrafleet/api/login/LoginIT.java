package io.terrafleet.api.login;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.session.FormFilter;
import io.terrafleet.api.session.SessionFilter;
import io.terrafleet.api.session.Sessions;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class LoginIT {
    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String BACK = "http://localhost:10007/login";

    @Inject
    Tenant tenant;

    @Inject
    Tokens tokens;

    @Inject
    Sessions sessions;

    Tenant.Person person;
    String cookie;

    @BeforeEach
    void somebodySignedIn() {
        person = tenant.person();
        cookie = sessions.signIn(person.token()).orElseThrow();
    }

    @Test
    void aPersonAgreesAndTheCommandGetsATokenOnce() {
        ask(request()).statusCode(200).body(containsString(person.principal().name()));
        String code = code(answer("allow"));
        String token = redeem(code, VERIFIER, BACK)
                .statusCode(200)
                .contentType("application/json")
                .body("token_type", equalTo("bearer"))
                .extract()
                .path("access_token");
        given().header("Authorization", "Bearer " + token)
                .get("/api/v2/account/details")
                .then()
                .statusCode(200)
                .body("data.attributes.username", equalTo(person.principal().name()));
        redeem(code, VERIFIER, BACK).statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void aTokenLastsAsLongAsTheStrictestOrganizationOfThePersonSaysAndCanBeRevoked() {
        Tenant.Company company = tenant.company();
        cookie = sessions.signIn(company.owner().token()).orElseThrow();
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"token-ttl-policies\":[{\"token-type\":\"user\",\"max-ttl-ms\":3600000}]}}}")
                .patch("/api/v2/organizations/" + company.name() + "/token-ttl-policies")
                .then()
                .statusCode(200);
        String token = redeem(code(answer("allow")), VERIFIER, BACK)
                .statusCode(200)
                .extract()
                .path("access_token");
        RequestSpecification asked = given().header("Authorization", "Bearer " + token);
        var made = asked.get("/api/v2/users/" + company.owner().principal().id() + "/authentication-tokens")
                .then()
                .statusCode(200)
                .extract();
        Map<String, Object> login = made.path("data.find { it.attributes.description == 'terraform login' }");
        String attributes = String.valueOf(login.get("attributes"));
        Instant end = Instant.parse(made.<String>path(
                "data.find { it.attributes.description == 'terraform login' }.attributes.expired-at"));
        Instant begin = Instant.parse(made.<String>path(
                "data.find { it.attributes.description == 'terraform login' }.attributes.created-at"));
        assertThat(Duration.between(begin, end))
                .as(attributes)
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        asked.delete("/api/v2/authentication-tokens/" + login.get("id")).then().statusCode(204);
        asked.get("/api/v2/account/details").then().statusCode(401);
    }

    @Test
    void aCodeIsWorthNothingWithoutItsVerifierAndAddress() {
        redeem(code(answer("allow")), VERIFIER.replace('d', 'e'), BACK).statusCode(400);
        redeem(code(answer("allow")), VERIFIER, "http://localhost:10008/login").statusCode(400);
        redeem("x".repeat(43), VERIFIER, BACK).statusCode(400);
        redeem("", "", "").statusCode(400);
        given().formParam("grant_type", "password").post("/oauth2/token").then().statusCode(400);
    }

    @Test
    void whoRefusesIsToldSo() {
        assertThat(answer("refuse").header("Location"))
                .isEqualTo(BACK + "?error=access_denied&state=a%26b")
                .doesNotContain("code=");
    }

    @Test
    void nobodyIsSentElsewhere() {
        for (String elsewhere : new String[] {
            "https://evil.example/login",
            "http://localhost:9999/login",
            "http://localhost:10011/login",
            "http://localhost:10007/login/../x",
            "http://localhost:10007@evil.example/login",
            ""
        }) {
            Map<String, String> request = request();
            request.put("redirect_uri", elsewhere);
            ask(request).statusCode(400).body(containsString("redirect_uri must be http://localhost:PORT/login"));
        }
        Map<String, String> plain = request();
        plain.put("code_challenge_method", "plain");
        ask(plain).statusCode(400);
    }

    @Test
    void theQuestionSurvivesTheSignIn() {
        Response sent = given().redirects().follow(false).queryParams(request()).get("/app/oauth2/auth");
        String to = given().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(URI.create(sent.header("Location")))
                .htmlPath()
                .getString("**.find { it.@name == 'to' }.@value");
        assertThat(to).startsWith("/app/oauth2/auth?").contains("code_challenge=" + CHALLENGE);
    }

    @Test
    void onlyAPersonCanAgree() {
        Tenant.Company company = tenant.company();
        String secret =
                tokens.issueForOrganization(company.id(), Optional.empty()).secret();
        cookie = sessions.signIn(secret).orElseThrow();
        ask(request()).statusCode(403).body(not(containsString("Make a token")));
    }

    private static Map<String, String> request() {
        return new LinkedHashMap<>(Map.of(
                "client_id", "terraform-cli",
                "response_type", "code",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256",
                "redirect_uri", BACK,
                "state", "x"));
    }

    private RequestSpecification browser() {
        return given().redirects().follow(false).cookie(SessionFilter.COOKIE, cookie);
    }

    private ValidatableResponse ask(Map<String, String> request) {
        return browser().queryParams(request).get("/app/oauth2/auth").then();
    }

    private Response answer(String answer) {
        Response response = browser()
                .header("Sec-Fetch-Site", "same-origin")
                .formParam(FormFilter.FIELD, Sessions.formToken(cookie))
                .formParam("code_challenge", CHALLENGE)
                .formParam("redirect_uri", BACK)
                .formParam("state", "a&b")
                .formParam("answer", answer)
                .post("/app/oauth2/auth");
        assertThat(response.statusCode()).isEqualTo(303);
        return response;
    }

    private static String code(Response allowed) {
        String query = URI.create(allowed.header("Location")).getRawQuery();
        assertThat(query).startsWith("code=").endsWith("&state=a%26b");
        return query.substring("code=".length(), query.indexOf('&'));
    }

    private static ValidatableResponse redeem(String code, String verifier, String redirect) {
        return given().formParam("grant_type", "authorization_code")
                .formParam("client_id", "terraform-cli")
                .formParam("code", code)
                .formParam("code_verifier", verifier)
                .formParam("redirect_uri", redirect)
                .post("/oauth2/token")
                .then();
    }
}

package io.terrafleet.api.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class SessionIT {
    @Inject
    Tenant tenant;

    @Inject
    Tokens tokens;

    Tenant.Company company;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
    }

    @Test
    void withoutASessionPagesLeadToTheSignInAndBack() {
        String path = "/app/" + company.name();
        browser().get(path).then().statusCode(303).header("Location", containsString("/app/login?to=%2Fapp%2F"));
        browser().get("/app").then().statusCode(303).header("Location", containsString("/app/login"));
        signIn(company.owner().token(), path)
                .then()
                .statusCode(303)
                .header("Location", containsString(path))
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Strict"))
                .header("Set-Cookie", containsString("Path=/app"));
    }

    @Test
    void aPartOfAPageTellsTheBrowserToSignIn() {
        browser()
                .header("HX-Request", "true")
                .get("/app/x")
                .then()
                .statusCode(401)
                .header("HX-Redirect", "/app/login");
    }

    @Test
    void noOtherSiteIsReachedAfterSigningIn() {
        for (String to : new String[] {
            "https://evil.example",
            "//evil.example",
            "/app//evil",
            "/\\evil",
            "/app/../api",
            "/app/\\evil",
            "javascript:1",
            ""
        }) {
            assertThat(signIn(company.owner().token(), to).header("Location"))
                    .as(to)
                    .endsWith("/app");
        }
    }

    @Test
    void theCookieIsGoodForPagesAndNotForTheApi() {
        String cookie = cookie();
        browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .get("/app/" + company.name())
                .then()
                .statusCode(200);
        browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .get("/api/v2/account/details")
                .then()
                .statusCode(401);
        browser()
                .cookie(SessionFilter.COOKIE, "x" + cookie.substring(1))
                .get("/app/" + company.name())
                .then()
                .statusCode(303);
    }

    @Test
    void aSessionEndsWithItsTokenAndBySigningOut() {
        String cookie = cookie();
        String token =
                tokens.ofUser(company.owner().principal().id()).getFirst().id();
        tokens.revoke(token);
        browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .get("/app/" + company.name())
                .then()
                .statusCode(303);

        Tenant.Company other = tenant.company();
        String second = signIn(other.owner().token(), "/app").cookie(SessionFilter.COOKIE);
        form(second).post("/app/logout").then().statusCode(303);
        browser()
                .cookie(SessionFilter.COOKIE, second)
                .get("/app/" + other.name())
                .then()
                .statusCode(303);
    }

    @Test
    void aFormFromElsewhereIsRefused() {
        String cookie = cookie();
        RequestSpecification noToken =
                browser().cookie(SessionFilter.COOKIE, cookie).header("Sec-Fetch-Site", "same-origin");
        noToken.formParam("x", "y").post("/app/logout").then().statusCode(403);
        form(cookie)
                .header("Origin", "https://evil.example")
                .post("/app/logout")
                .then()
                .statusCode(403);
        browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .header("Sec-Fetch-Site", "cross-site")
                .formParam(FormFilter.FIELD, Sessions.formToken(cookie))
                .post("/app/logout")
                .then()
                .statusCode(403)
                .contentType(containsString("text/html"));
        browser()
                .formParam("token", company.owner().token())
                .post("/app/login")
                .then()
                .statusCode(403);
    }

    @Test
    void wrongTokensAreCountedAndEscaped() {
        given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("token", "<b>wrong")
                .formParam("to", "\"><script>")
                .post("/app/login")
                .then()
                .statusCode(422)
                .body(containsString("unknown, revoked or expired"))
                .body(not(containsString("<script>alert")))
                .body(not(containsString("<b>wrong")));
    }

    @Test
    void everyAnswerCarriesItsHeaders() {
        browser()
                .get("/app/login")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("script-src 'self'; style-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"))
                .header("Cache-Control", equalTo("no-store"))
                .body(not(containsString("style=")))
                .body(not(containsString("onclick")));
        browser().get("/api/v2/ping").then().header("X-Content-Type-Options", equalTo("nosniff"));
    }

    @Test
    void errorsAreHtmlForPagesAndJsonForTheApi() {
        String cookie = cookie();
        browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .get("/app/no-such-organization")
                .then()
                .statusCode(404)
                .contentType(containsString("text/html"));
        browser().get("/app/a/b/c/d/e").then().statusCode(404).contentType(containsString("text/html"));
        browser().get("/api/v2/nothing").then().statusCode(404).contentType(containsString("application/vnd.api+json"));
    }

    private String cookie() {
        return signIn(company.owner().token(), "/app").cookie(SessionFilter.COOKIE);
    }

    private static RequestSpecification form(String cookie) {
        return browser()
                .cookie(SessionFilter.COOKIE, cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .formParam(FormFilter.FIELD, Sessions.formToken(cookie));
    }

    private static Response signIn(String token, String to) {
        return browser()
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("token", token)
                .formParam("to", to)
                .post("/app/login");
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false);
    }
}

package io.terrafleet.api.gpgkey;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class GpgKeyIT {
    private static final String KEYS = "/api/registry/private/v2/gpg-keys";

    @Inject
    Tenant tenant;

    Tenant.Company company;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
    }

    static String body(String namespace, String armor) {
        return new String(
                Json.write(Map.of(
                        "data",
                        Map.of(
                                "type",
                                "gpg-keys",
                                "attributes",
                                Map.of("namespace", namespace, "ascii-armor", armor)))),
                StandardCharsets.UTF_8);
    }

    @Test
    void aKeyIsAddedShownListedMovedAndDeleted() {
        Signer signer = Signer.make();
        company.owner()
                .asks()
                .body(body(company.name(), signer.armor()))
                .post(KEYS)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("gpg-keys"))
                .body("data.attributes.key-id", equalTo(signer.keyId()))
                .body("data.attributes.namespace", equalTo(company.name()));
        company.owner()
                .asks()
                .body(body(company.name(), signer.armor()))
                .post(KEYS)
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("already been taken"));
        company.owner()
                .asks()
                .get(KEYS + "?filter[namespace]=" + company.name())
                .then()
                .statusCode(200)
                .body("data", hasSize(1));
        String one = KEYS + "/" + company.name() + "/" + signer.keyId();
        company.owner().asks().get(one).then().statusCode(200);
        company.owner().asks().body(body(company.name(), "x")).patch(one).then().statusCode(200);
        company.owner().asks().delete(one).then().statusCode(204);
        company.owner().asks().get(one).then().statusCode(404);
    }

    @Test
    void whatIsNoPublicKeyIsRefused() {
        for (String armor : new String[] {
            "nonsense",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----"
        }) {
            company.owner()
                    .asks()
                    .body(body(company.name(), armor))
                    .post(KEYS)
                    .then()
                    .statusCode(422)
                    .body("errors[0].source.pointer", equalTo("/data/attributes/ascii-armor"));
        }
    }

    @Test
    void othersDoNotSeeIt() {
        Signer signer = Signer.make();
        company.owner()
                .asks()
                .body(body(company.name(), signer.armor()))
                .post(KEYS)
                .then()
                .statusCode(201);
        String one = KEYS + "/" + company.name() + "/" + signer.keyId();
        tenant.person().asks().get(one).then().statusCode(404);
        tenant.person()
                .asks()
                .get(KEYS + "?filter[namespace]=" + company.name())
                .then()
                .statusCode(404);
        Tenant.Person reader = tenant.member(company, Role.READER);
        reader.asks().get(one).then().statusCode(200);
        reader.asks().delete(one).then().statusCode(403);
        company.owner().asks().get(KEYS).then().statusCode(400);
        company.owner()
                .asks()
                .get("/api/registry/public/v2/gpg-keys?filter[namespace]=" + company.name())
                .then()
                .statusCode(404);
    }
}

package io.terrafleet.api.pricelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.contracts.event.CostReport.PriceListProgressed;
import io.terrafleet.contracts.event.CostReport.PriceListRefused;
import io.terrafleet.contracts.event.CostReport.PriceListTaken;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PriceListIT {
    private static final String LISTS = "/api/v2/admin/price-lists";

    @Inject
    Tenant tenant;

    @Inject
    PriceLists lists;

    Tenant.Person root;

    @BeforeEach
    void anAdministrator() {
        root = tenant.siteAdministrator();
    }

    @Test
    void anUploadIsFollowedUntilItIsUsedAndSwitchedOff() {
        String id = upload();
        use(id, "false").statusCode(409);

        lists.progressed(new PriceListProgressed(id, 16_777_216, Instant.EPOCH));
        show(id).body("data.attributes.status", equalTo("reading"))
                .body("data.attributes.bytes-read", equalTo(16_777_216));
        lists.taken(taken(id));
        lists.refused(new PriceListRefused(id, "late and of no effect", Instant.EPOCH));
        show(id).body("data.attributes.status", equalTo("used"))
                .body("data.attributes.name", equalTo("AmazonEC2"))
                .body("data.attributes.published", equalTo("2026-10-01"))
                .body("data.attributes.prices", equalTo(20_480));
        root.asks().get(LISTS).then().statusCode(200).body("data.id", hasItem(id));

        use(id, "false").statusCode(200).body("data.attributes.status", equalTo("unused"));
        use(id, "true").statusCode(200).body("data.attributes.status", equalTo("used"));
        use(id, "\"often\"").statusCode(422);
    }

    @Test
    void aRefusedListSaysWhyAndCannotBeUsed() {
        String id = upload();
        lists.refused(new PriceListRefused(id, "line 7: the price is negative (-1)", Instant.EPOCH));
        show(id).body("data.attributes.status", equalTo("refused"))
                .body("data.attributes.reason", containsString("line 7"));
        use(id, "true").statusCode(409);
    }

    @Test
    void onlySiteAdministratorsKnowOfIt() {
        String id = upload();
        Tenant.Person owner = tenant.company().owner();
        owner.asks().get(LISTS).then().statusCode(404);
        owner.asks().get(LISTS + "/" + id).then().statusCode(404);
        owner.asks().body("{}").post(LISTS).then().statusCode(404);
        assertThat(lists.find(id)).isPresent();
    }

    @Test
    void nothingIsNoPriceList() {
        root.asks().contentType("application/octet-stream").post(LISTS).then().statusCode(400);
        root.asks().body("x").post(LISTS + "?name=%0a").then().statusCode(400);
        show("plist-0000000000000000", 404);
    }

    private String upload() {
        return root.asks()
                .contentType("application/octet-stream")
                .body("{\"formatVersion\":\"v1.0\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(LISTS + "?name=ec2.json")
                .then()
                .statusCode(201)
                .body("data.attributes.status", equalTo("reading"))
                .body("data.attributes.file-name", equalTo("ec2.json"))
                .extract()
                .path("data.id");
    }

    private io.restassured.response.ValidatableResponse show(String id) {
        return show(id, 200);
    }

    private io.restassured.response.ValidatableResponse show(String id, int status) {
        return root.asks().get(LISTS + "/" + id).then().statusCode(status);
    }

    private io.restassured.response.ValidatableResponse use(String id, String used) {
        return root.asks()
                .body("{\"data\":{\"type\":\"price-lists\",\"attributes\":{\"used\":" + used + "}}}")
                .patch(LISTS + "/" + id)
                .then();
    }

    private static PriceListTaken taken(String id) {
        return new PriceListTaken(
                id,
                "AmazonEC2",
                "20261001000000",
                LocalDate.parse("2026-10-01"),
                List.of("eu-west-1"),
                List.of("USD"),
                20_480,
                51_120,
                Instant.EPOCH);
    }
}

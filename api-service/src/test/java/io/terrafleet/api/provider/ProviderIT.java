package io.terrafleet.api.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.gpgkey.GpgKeys;
import io.terrafleet.api.gpgkey.Signer;
import io.terrafleet.api.module.RegistryHost;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ProviderIT {
    private static final String PLATFORM = os() + "_" + arch();
    private static final String FILE = "terraform-provider-fake_1.0.0_" + PLATFORM + ".zip";

    @Inject
    Tenant tenant;

    @Inject
    GpgKeys keys;

    @TempDir
    Path home;

    Tenant.Company company;
    Signer signer;
    String all;
    String one;

    @BeforeEach
    void aCompanyWithAKey() {
        company = tenant.company();
        signer = Signer.make();
        keys.create(company.id(), signer.armor());
        all = "/api/v2/organizations/" + company.name() + "/registry-providers";
        one = all + "/private/" + company.name() + "/fake";
    }

    private static String os() {
        return System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    }

    private static String arch() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("terraform-provider-fake_v1.0.0"));
            zip.write("#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ValidatableResponse post(String path, String type, String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"" + type + "\",\"attributes\":" + attributes + "}}")
                .post(path)
                .then();
    }

    private void put(String address, byte[] content, int status) {
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(content)
                .put(address)
                .then()
                .statusCode(status);
    }

    private void create() {
        post(
                        all,
                        "registry-providers",
                        "{\"name\":\"fake\",\"namespace\":\"" + company.name() + "\",\"registry-name\":\"private\"}")
                .statusCode(201)
                .body("data.attributes.namespace", equalTo(company.name()));
    }

    private ValidatableResponse version(String number, String key) {
        return post(
                one + "/versions",
                "registry-provider-versions",
                "{\"version\":\"" + number + "\",\"key-id\":\"" + key + "\",\"protocols\":[\"5.0\"]}");
    }

    private ValidatableResponse platform(String shasum) {
        return post(
                one + "/versions/1.0.0/platforms",
                "registry-provider-platforms",
                "{\"os\":\"" + os() + "\",\"arch\":\"" + arch() + "\",\"shasum\":\"" + shasum + "\",\"filename\":\""
                        + FILE + "\"}");
    }

    private void publish() throws IOException {
        create();
        byte[] zip = zip();
        byte[] shasums = (sha256(zip) + "  " + FILE + "\n").getBytes(StandardCharsets.UTF_8);
        ValidatableResponse version = version("1.0.0", signer.keyId()).statusCode(201);
        put(version.extract().path("data.links.shasums-upload"), shasums, 200);
        put(version.extract().path("data.links.shasums-sig-upload"), signer.sign(shasums), 200);
        String binary = platform(sha256(zip)).statusCode(201).extract().path("data.links.provider-binary-upload");
        put(binary, "something else".getBytes(StandardCharsets.UTF_8), 422);
        put(binary, zip, 200);
        put(binary, zip, 409);
    }

    @Test
    void terraformInitInstallsAPrivateProvider() throws IOException, InterruptedException {
        publish();
        RegistryHost terraform =
                RegistryHost.of(home, RestAssured.port, company.owner().token());
        RegistryHost.Said said = terraform.init("terraform {\n  required_providers {\n    fake = {\n      source = \""
                + terraform.host() + "/" + company.name() + "/fake\"\n    }\n  }\n}\n");
        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output()).contains("fake v1.0.0 (self-signed, key ID " + signer.keyId() + ")");
    }

    @Test
    void everythingIsShownAndDeleted() throws IOException {
        publish();
        get(one).statusCode(200);
        get("/api/v2/registry-providers/" + get(one).extract().path("data.id")).statusCode(200);
        get(all + "?q=fak&filter[registry_name]=private").statusCode(200).body("data", hasSize(1));
        get(one + "/versions").statusCode(200).body("data[0].attributes.shasums-uploaded", equalTo(true));
        get(one + "/versions/1.0.0/platforms").statusCode(200).body("data", hasSize(1));
        get(one + "/versions/1.0.0/platforms/" + os() + "/" + arch())
                .statusCode(200)
                .body("data.attributes.provider-binary-uploaded", equalTo(true));
        get(get(one + "/versions/1.0.0").extract().path("data.links.shasums-download"))
                .statusCode(200);
        company.owner()
                .asks()
                .delete("/api/registry/private/v2/gpg-keys/" + company.name() + "/" + signer.keyId())
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("signed with this key"));
        tenant.person().asks().get(one).then().statusCode(404);
        tenant.person().asks().get(one + "/versions").then().statusCode(404);
        delete(one + "/versions/1.0.0/platforms/" + os() + "/" + arch());
        delete(one + "/versions/1.0.0");
        get(one + "/versions").statusCode(200).body("data", hasSize(0));
        delete(one);
        get(one).statusCode(404);
    }

    @Test
    void whatIsWrongIsSaid() {
        create();
        post(all, "registry-providers", "{\"name\":\"x\",\"namespace\":\"other\",\"registry-name\":\"private\"}")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/namespace"));
        version("1.0.0", "0000000000000000")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/key-id"));
        version("one", signer.keyId()).statusCode(422);
        version("1.0.0", signer.keyId()).statusCode(201);
        version("1.0.0", signer.keyId()).statusCode(422);
        platform("short").statusCode(422).body("errors[0].source.pointer", equalTo("/data/attributes/shasum"));
        get("/api/registry/v1/providers/" + company.name() + "/fake/versions")
                .statusCode(200)
                .body("versions", hasSize(0));
        get("/api/registry/v1/providers/" + company.name() + "/fake/1.0.0/download/linux/amd64")
                .statusCode(404);
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get(path).then();
    }

    private void delete(String path) {
        company.owner().asks().delete(path).then().statusCode(204);
    }
}

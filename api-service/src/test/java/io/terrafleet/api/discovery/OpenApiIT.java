package io.terrafleet.api.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.testkit.PlatformResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What we promise over HTTP is a committed file; whoever changes the promise changes the file, and the reviewer sees it. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class OpenApiIT {
    private static final Path COMMITTED =
            Path.of(System.getProperty("terrafleet.root", "..")).resolve("docs/openapi.yaml");

    @Test
    void theCommittedDocumentIsTheServedOne() throws IOException {
        String served =
                RestAssured.get("/api/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("terrafleet.regenerate")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }
        assertThat(Files.readString(COMMITTED))
                .as(
                        "docs/openapi.yaml is out of date: run mvn -pl api-service -am test -Dtest=OpenApiIT -Dsurefire.failIfNoSpecifiedTests=false -Dterrafleet.regenerate=true")
                .isEqualTo(served);
    }
}

package io.terrafleet.api.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final URI PUBLIC = URI.create("https://terrafleet.example.com");
    private static final String KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String TOKEN = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0";
    private static final String DATABASE = "jdbc:postgresql://db.internal:5432/terrafleet";

    private static Installation installation(URI url, String key, String token, String database, String password) {
        return new Installation(url, key, Optional.of(token), database, password, Map.of("a.setting", false));
    }

    @Test
    void oneWithKeysOfItsOwnMayStart() {
        Installation good = installation(PUBLIC, KEY, TOKEN, DATABASE, "8f14e45fceea167a");
        assertThat(good.objections()).isEmpty();
        assertThat(good.doubts()).isEmpty();
        assertThat(new Installation(PUBLIC, KEY, Optional.empty(), DATABASE, "8f14e45fceea167a", Map.of()).objections())
                .as("without a token for an administrator")
                .isEmpty();
    }

    @Test
    void keysThatOthersGuessAreRefusedByName() {
        for (String key : new String[] {
            "changeme-changeme-changeme-changeme",
            "0000000000000000000000000000000000",
            "a-default-key-of-32-characters-0"
        }) {
            assertThat(installation(PUBLIC, key, TOKEN, DATABASE, "8f14e45fceea167a")
                            .objections())
                    .as(key)
                    .singleElement()
                    .asString()
                    .contains("terrafleet.internal.key", "openssl rand")
                    .doesNotContain(key);
        }
        for (String token : new String[] {"admin", "my-admin-password-of-today", "ababababababababababababab"}) {
            assertThat(installation(PUBLIC, KEY, token, DATABASE, "8f14e45fceea167a")
                            .objections())
                    .as(token)
                    .singleElement()
                    .asString()
                    .contains("terrafleet.access.admin-token");
        }
        assertThat(installation(PUBLIC, KEY, TOKEN, DATABASE, "terrafleet").objections())
                .singleElement()
                .asString()
                .contains("platform.database.password");
        assertThat(installation(PUBLIC, KEY, TOKEN, "jdbc:postgresql://localhost/terrafleet", "terrafleet")
                        .objections())
                .as("a database that only this machine reaches")
                .isEmpty();
    }

    @Test
    void aTrialOnOnesOwnMachineMayBeginAnyhow() {
        for (String url : new String[] {"http://localhost:8080", "http://127.0.0.1:8081", "http://[::1]:8081"}) {
            Installation trial = installation(URI.create(url), "changeme".repeat(4), "admin", DATABASE, "postgres");
            assertThat(trial.objections()).as(url).isEmpty();
            assertThat(trial.doubts()).as(url).isEmpty();
        }
    }

    @Test
    void whatMayBeMeantSoIsDoubted() {
        Installation open = new Installation(
                URI.create("http://terrafleet.example.com"),
                KEY,
                Optional.empty(),
                DATABASE,
                "x1y2z3",
                Map.of("a.b", true));
        assertThat(open.objections()).isEmpty();
        assertThat(open.doubts()).hasSize(2);
        assertThat(open.toString()).doesNotContain(KEY);
    }
}

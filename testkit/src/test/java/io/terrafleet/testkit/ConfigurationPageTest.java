package io.terrafleet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of all configuration keys is a committed file, made from the sources that declare them. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of(System.getProperty("terrafleet.root", ".."));
    private static final Path COMMITTED = ROOT.resolve("docs/configuration.md");
    private static final String AGAIN =
            "mvn -pl testkit -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dterrafleet.regenerate=true";

    /** Keys that more than one service reads, or that are read where no Javadoc can stand. */
    private static final Map<String, String> SINGLE = Map.of(
            "terrafleet.internal.key",
                    "Secret. What the services of one installation share to know each other: the same for all of them,"
                            + " at least 32 characters.",
            "terrafleet.public-url",
                    "Where people and clients reach the api-service; behind a proxy, the proxy's address. http or"
                            + " https.");

    private static final String PLACES =
            """
            ## Where things are

            Other keys take their defaults from these, so most installations set only these.

            | key | default | meaning |
            |---|---|---|
            | `platform.database.url` | `jdbc:postgresql://localhost:5432/terrafleet` | The database; each service has a schema of its own in it. |
            | `platform.database.username` | `terrafleet` | |
            | `platform.database.password` | `terrafleet` | **Secret.** |
            | `platform.data` | `data` | Directory of everything of the api-service that must last beside the database. |
            | `kafka.bootstrap.servers` | `localhost:9092` | The Kafka brokers. |
            | `quarkus.http.port` | as listed below | The port of the service. |
            | `terrafleet.trace.endpoint` | none | An OpenTelemetry collector's base address, for OTLP over HTTP with JSON: what runs do is sent there. |

            """;

    @Test
    void theCommittedPageIsMadeFromTheSources() throws IOException {
        String made = page(keys());
        if (Boolean.getBoolean("terrafleet.regenerate")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, made);
        }
        assertThat(Files.readString(COMMITTED))
                .as("docs/configuration.md is out of date: the command to make it again stands at its top")
                .isEqualTo(made);
    }

    @Test
    void everyKeySaysWhatItMeans() throws IOException {
        List<ConfigurationKey> keys = keys();
        assertThat(keys).hasSizeGreaterThan(30);
        assertThat(keys)
                .allSatisfy(key -> assertThat(key.meaning()).as(key.name()).isNotBlank());
    }

    private static List<ConfigurationKey> keys() throws IOException {
        List<ConfigurationKey> keys = new ArrayList<>();
        for (String module : modules()) {
            for (Path source : sources(module)) {
                for (ConfigurationKey key : ConfigurationSource.keys(module, source)) {
                    keys.add(explained(key));
                }
            }
        }
        return keys;
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> children = Files.list(ROOT)) {
            return children.filter(child -> Files.isDirectory(child.resolve("src/main/java")))
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> sources(String module) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            for (Path file : files.filter(any -> any.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                if (text.contains("@ConfigMapping(") || text.contains("@ConfigProperty(")) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static ConfigurationKey explained(ConfigurationKey key) {
        String known = SINGLE.get(key.name());
        if (known == null) {
            return key;
        }
        boolean secret = known.startsWith("Secret. ");
        String meaning = secret ? known.substring("Secret. ".length()) : known;
        return new ConfigurationKey(
                key.module(), key.name(), key.type(), key.fallback(), key.required(), secret, meaning);
    }

    private static String page(List<ConfigurationKey> keys) throws IOException {
        StringBuilder page =
                new StringBuilder("# Configuration\n\n<!-- Generated from the sources; do not edit. Again: ");
        page.append(AGAIN).append(" -->\n\n");
        page.append("A key is set as an environment variable (`TERRAFLEET_RUN_CLAIM_WITHIN` for"
                + " `terrafleet.run.claim-within`), as a system property (`-Dterrafleet.run.claim-within=2h`) or"
                + " in `config/application.properties` of the working directory. System properties win over the"
                + " environment, and that over the file. A Duration is written `90s`, `10m`, `24h` or ISO 8601"
                + " (`PT1H`); a size is in bytes.\n\n");
        page.append(PLACES);
        Map<String, List<ConfigurationKey>> byModule = keys.stream()
                .collect(Collectors.groupingBy(ConfigurationKey::module, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<ConfigurationKey>> module : byModule.entrySet()) {
            section(page, module.getKey(), module.getValue());
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String module, List<ConfigurationKey> keys) throws IOException {
        Properties shipped = shipped(module);
        page.append("## ").append(module).append("\n\n");
        String port = shipped.getProperty("quarkus.http.port");
        if (port != null) {
            page.append("Port ").append(port).append(".\n\n");
        }
        page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        Map<String, ConfigurationKey> once = keys.stream()
                .collect(Collectors.toMap(
                        ConfigurationKey::name, Function.identity(), (first, again) -> first, LinkedHashMap::new));
        once.values().forEach(key -> page.append("| `")
                .append(key.name())
                .append("` | ")
                .append(key.type().replace("<", "&lt;").replace(">", "&gt;"))
                .append(" | ")
                .append(fallback(key, shipped))
                .append(" | ")
                .append(key.secret() ? "**Secret.** " : "")
                .append(key.meaning().replace("|", "\\|"))
                .append(" |\n"));
        page.append('\n');
    }

    private static String fallback(ConfigurationKey key, Properties shipped) {
        String known = shipped.getProperty(key.name(), key.fallback().orElse(""));
        if (!known.isEmpty()) {
            return "`" + known + "`";
        }
        return key.required() ? "**must be set**" : "";
    }

    /** What the module itself sets. */
    private static Properties shipped(String module) throws IOException {
        Properties properties = new Properties();
        for (String file : List.of("application.properties", "META-INF/microprofile-config.properties")) {
            Path path = ROOT.resolve(module).resolve("src/main/resources").resolve(file);
            if (Files.exists(path)) {
                try (Reader reader = Files.newBufferedReader(path)) {
                    properties.load(reader);
                }
            }
        }
        return properties;
    }
}

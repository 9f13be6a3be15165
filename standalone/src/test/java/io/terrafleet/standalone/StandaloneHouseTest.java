package io.terrafleet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.terrafleet.testkit.HouseRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.terrafleet.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class StandaloneHouseTest implements HouseRules {

    @ArchTest
    static final ArchRule CLIENTS_KNOW_ONLY_THE_PUBLIC_API = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("..standalone.client..", "..standalone.demo..", "..standalone.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.terrafleet.api..",
                    "io.terrafleet.worker..",
                    "io.terrafleet.policy..",
                    "io.terrafleet.cost..",
                    "io.terrafleet.embedded..")
            .because("what the demo shows, anybody can do over HTTP");

    /** The launcher starts the tools with few jars, so that they start at once: these classes would not be found. */
    @ArchTest
    static final ArchRule TOOLS_NEED_NO_PLATFORM = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("..standalone.author..", "..standalone.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.terrafleet.api..",
                    "io.terrafleet.worker..",
                    "io.terrafleet.messaging..",
                    "io.terrafleet.embedded..",
                    "io.quarkus..",
                    "jakarta..")
            .because("tools_class_path in ./terrafleet names their jars");

    /** All of them are loaded at the same ordinal in the composed platform, so that a key in two would be decided by chance. */
    @Test
    void applicationPropertiesNameOnlyPortAndApplication() throws IOException {
        for (URL each : Collections.list(
                Thread.currentThread().getContextClassLoader().getResources("application.properties"))) {
            assertThat(properties(each).stringPropertyNames())
                    .as(each.toString())
                    .isSubsetOf("quarkus.application.name", "quarkus.http.port");
        }
    }

    @Test
    void noKeyIsSaidByTwoServices() throws IOException {
        Set<String> said = new HashSet<>();
        for (URL each : Collections.list(Thread.currentThread()
                .getContextClassLoader()
                .getResources("META-INF/microprofile-config.properties"))) {
            if (each.toString().contains("service") || each.toString().contains("worker")) {
                for (String key : properties(each).stringPropertyNames()) {
                    assertThat(said.add(key)).as("%s, again in %s", key, each).isTrue();
                }
            }
        }
    }

    private static Properties properties(URL url) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = url.openStream()) {
            properties.load(in);
        }
        return properties;
    }
}

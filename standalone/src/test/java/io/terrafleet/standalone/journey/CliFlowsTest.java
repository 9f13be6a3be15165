package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page that says which journey drives what names journeys that there are. */
class CliFlowsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+Journey)(?:\\.([a-z][A-Za-z]+))?`");

    /** Those of other things than what the terraform command says to a server go over one of the two. */
    private static final Set<String> ONE_SCHEME = Set.of(
            "HttpsJourney",
            "ReachJourney",
            "LoginJourney",
            "BudgetJourney",
            "StandardsJourney",
            "AgentJourney",
            "ToolVersionJourney");

    @Test
    void everyJourneyOfThePageExists() throws IOException {
        String page = Files.readString(TestPlatform.root().resolve("docs/cli-flows.md"));
        List<MatchResult> names = NAME.matcher(page).results().toList();
        assertThat(names).hasSizeGreaterThan(30);
        for (MatchResult name : names) {
            List<String> methods = methods(name.group(1));
            assertThat(methods).as(name.group()).isNotEmpty();
            if (name.group(2) != null) {
                assertThat(methods).as(name.group()).contains(name.group(2));
            }
        }
    }

    @Test
    void everyFlowGoesOverBothSchemes() throws Exception {
        String page = Files.readString(TestPlatform.root().resolve("docs/cli-flows.md"));
        Set<String> flows = new TreeSet<>();
        NAME.matcher(page).results().forEach(name -> flows.add(name.group(1)));
        flows.removeAll(ONE_SCHEME);
        assertThat(flows).hasSizeGreaterThanOrEqualTo(10);
        for (String flow : flows) {
            Tag tag = Class.forName(CliFlowsTest.class.getPackageName() + "." + flow)
                    .getAnnotation(Tag.class);
            assertThat(tag).as(flow).isNotNull();
            assertThat(tag.value()).as(flow).isEqualTo(CliPlatform.FLOW);
        }
    }

    private static List<String> methods(String journey) {
        try {
            Class<?> type = Class.forName(CliFlowsTest.class.getPackageName() + "." + journey);
            return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no " + journey, e);
        }
    }
}

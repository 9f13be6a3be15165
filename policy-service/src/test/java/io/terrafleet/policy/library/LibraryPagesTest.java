package io.terrafleet.policy.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.syntax.Annotation;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages about the rules are committed files, made from what the rules say of themselves. */
class LibraryPagesTest {
    private static final Path PAGES =
            Path.of(System.getProperty("terrafleet.root", "..")).resolve("docs/policies");
    private static final String AGAIN =
            "mvn -pl policy-service -am test -Dtest=LibraryPagesTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dterrafleet.regenerate=true";

    @Test
    void everyRuleHasItsPage() throws IOException {
        Map<String, String> made = pages();
        if (Boolean.getBoolean("terrafleet.regenerate")) {
            Files.createDirectories(PAGES);
            for (Map.Entry<String, String> page : made.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }

        Map<String, String> committed = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                committed.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(committed).as("write anew with: " + AGAIN).isEqualTo(made);
    }

    private static Map<String, String> pages() {
        Library library = new Library();
        Map<String, String> pages = new TreeMap<>();
        StringBuilder index = new StringBuilder("# Policy library\n\n"
                + "Made from the rules' own metadata; do not edit. Try a rule on a plan: "
                + "`./terrafleet policy eval --rule NAME --input plan.json`.\n\n"
                + "| rule | what it demands | |\n|---|---|---|\n");
        for (RegoModule module : Library.modules()) {
            String rule = module.path().getLast();
            if (Library.isRule(rule) && module.path().size() == 2) {
                ObjectValue metadata = module.annotations().stream()
                        .filter(annotation -> annotation.scope().equals("package"))
                        .map(Annotation::content)
                        .findFirst()
                        .orElseThrow();
                pages.put(rule + ".md", page(rule, metadata, library));
                index.append("| [`%s`](%s.md) | %s | %s |\n"
                        .formatted(rule, rule, text(metadata, "title"), on(rule) ? "on" : "optional"));
            }
        }
        pages.put("README.md", index.toString());
        return pages;
    }

    private static boolean on(String rule) {
        return Library.RULES.contains(rule);
    }

    private static String page(String rule, ObjectValue metadata, Library library) {
        StringBuilder page = new StringBuilder("# " + text(metadata, "title") + "\n\n"
                + "Rule `" + rule + "`, made from its metadata; do not edit.\n\n"
                + text(metadata, "description").replaceAll("(?m)^  +", "- `").replaceAll("(?m)^(- `\\S+)\\s+", "$1` ")
                + "\n");
        page.append("\n## Turning it on\n\n")
                .append(
                        on(rule)
                                ? "It is in the set `security-standards` that every organization has.\n"
                                : "Off by default. One parameter of a library set turns it on: `optional_rules = [\""
                                        + rule + "\"]`, or with a level `optional_rules = {\"" + rule
                                        + "\": \"advisory\"}`.\n");
        Value custom = metadata.get("custom");
        if (custom != null && custom.get(Value.of("parameters")) instanceof ArrayValue parameters) {
            page.append("\n## Parameters\n\n");
            parameters.list().forEach(name -> page.append("- `data.params.")
                    .append(name instanceof StringValue s ? s.value() : name)
                    .append("`\n"));
        }
        List<Value> types = library.policies()
                .query(Library.covers(rule))
                .evaluate(ObjectValue.EMPTY, ObjectValue.EMPTY, Limits.DEFAULT)
                .filter(SetValue.class::isInstance)
                .map(set -> ((SetValue) set).list())
                .orElse(List.of());
        if (!types.isEmpty()) {
            page.append("\n## Resource types\n\n")
                    .append(types.stream()
                            .map(type -> "`" + (type instanceof StringValue s ? s.value() : type) + "`")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        return page.toString();
    }

    private static String text(ObjectValue metadata, String name) {
        return metadata.get(name) instanceof StringValue text ? text.value().strip() : "";
    }
}

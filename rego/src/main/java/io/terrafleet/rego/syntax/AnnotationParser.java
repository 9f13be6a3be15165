package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import io.terrafleet.rego.value.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds {@code # METADATA} blocks among a module's comments and what each of them describes. */
final class AnnotationParser {
    private static final StringValue SCOPE = new StringValue("scope");

    private final List<String> packagePath;
    private final Position packageAt;
    private final List<Rule> rules;

    AnnotationParser(List<String> packagePath, Position packageAt, List<Rule> rules) {
        this.packagePath = packagePath;
        this.packageAt = packageAt;
        this.rules = rules;
    }

    List<Annotation> parse(List<Comment> comments) {
        List<Annotation> found = new ArrayList<>();
        int i = 0;
        while (i < comments.size()) {
            Comment start = comments.get(i++);
            if (!start.text().strip().equals("METADATA")) {
                continue;
            }
            StringBuilder yaml = new StringBuilder();
            int line = start.at().line();
            while (i < comments.size() && comments.get(i).at().line() == line + 1) {
                line++;
                yaml.append(comments.get(i++).text()).append('\n');
            }
            found.add(annotation(start.at(), line, yaml.toString()));
        }
        return found;
    }

    private Annotation annotation(Position at, int lastLine, String yaml) {
        Value parsed;
        try {
            parsed = Yaml.read(yaml);
        } catch (IllegalArgumentException e) {
            throw TokenStream.error(at, "metadata is not valid YAML: " + e.getMessage());
        }
        if (!(parsed instanceof ObjectValue content)) {
            throw TokenStream.error(at, "metadata must be a YAML mapping, such as \"# title: …\"");
        }
        boolean onPackage = packageAt.line() > lastLine;
        Rule rule = onPackage
                ? null
                : rules.stream()
                        .filter(r -> r.at().line() > lastLine)
                        .findFirst()
                        .orElse(null);
        if (!onPackage && rule == null) {
            throw TokenStream.error(at, "metadata must be followed by a package or a rule");
        }
        Value given = content.get(SCOPE);
        String scope = given instanceof StringValue s ? s.value() : onPackage ? "package" : "rule";
        Map<Value, Value> entries = new HashMap<>();
        content.keys().forEach(key -> {
            Value value = content.get(key);
            if (value != null) {
                entries.put(key, Authors.normalized(key, value));
            }
        });
        entries.put(SCOPE, new StringValue(scope));
        List<String> path = new ArrayList<>(packagePath);
        if (rule != null && !scope.endsWith("package") && !scope.equals("subpackages")) {
            for (Term part : rule.path()) {
                if (!(part instanceof Term.Scalar(StringValue name, Position p))) {
                    break;
                }
                path.add(name.value());
            }
        }
        return new Annotation(scope, path, ObjectValue.of(entries), at, rule == null ? packageAt : rule.at());
    }
}

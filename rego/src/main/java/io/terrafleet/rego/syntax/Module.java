package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import java.util.List;

/** A parsed file. */
public record Module(
        String file,
        Language language,
        List<String> path,
        List<Import> imports,
        List<Rule> rules,
        List<Annotation> annotations,
        Position at) {
    public Module {
        path = List.copyOf(path);
        imports = List.copyOf(imports);
        rules = List.copyOf(rules);
        annotations = List.copyOf(annotations);
    }
}

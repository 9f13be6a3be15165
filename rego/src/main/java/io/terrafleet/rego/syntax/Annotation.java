package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.ObjectValue;
import java.util.List;

/**
 * A {@code # METADATA} block.
 *
 * @param scope {@code rule}, {@code document}, {@code package} or {@code subpackages}
 * @param path what it describes, from the package's first name on
 * @param content the block's YAML as a value, with {@code scope} filled in
 * @param target where the described package or rule starts
 */
public record Annotation(String scope, List<String> path, ObjectValue content, Position at, Position target) {
    public Annotation {
        path = List.copyOf(path);
    }
}

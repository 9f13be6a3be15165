package io.terrafleet.rego.plan;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.syntax.Import;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.syntax.Module;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names mean in a module when no local variable has them: documents, rules of the package, imports. */
final class GlobalNames {
    private final Map<String, List<String>> paths = new HashMap<>();
    private final boolean strict;

    /** Names for a query, which sees only the two documents. */
    GlobalNames() {
        this(true);
    }

    private GlobalNames(boolean strict) {
        this.strict = strict;
        paths.put("data", List.of("data"));
        paths.put("input", List.of("input"));
    }

    /** @param rules the names that rules of the module's package define, in whatever file */
    GlobalNames(Module module, Set<String> rules) {
        this(module.language() == Language.V1);
        for (String rule : rules) {
            java.util.ArrayList<String> path = new java.util.ArrayList<>(List.of("data"));
            path.addAll(module.path());
            path.add(rule);
            paths.put(rule, path);
        }
        for (Import imported : module.imports()) {
            String root = imported.path().getFirst();
            if (root.equals("data") || root.equals("input")) {
                paths.put(imported.name(), imported.path());
            }
        }
    }

    /** Version 1 has no deprecated functions, and no variables named like a document. */
    boolean refusesDeprecated() {
        return strict;
    }

    boolean has(String name) {
        return paths.containsKey(name);
    }

    /** The document or reference that a name stands for. */
    @Nullable
    Term term(String name, Position at) {
        List<String> path = paths.get(name);
        if (path == null) {
            return null;
        }
        Term.Document document = path.getFirst().equals("data") ? Term.Document.DATA : Term.Document.INPUT;
        Term root = new Term.Root(document, at);
        if (path.size() == 1) {
            return root;
        }
        List<Term> keys = path.subList(1, path.size()).stream()
                .<Term>map(key -> new Term.Scalar(new StringValue(key), at))
                .toList();
        return new Term.Ref(root, keys, at);
    }
}

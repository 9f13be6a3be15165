package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.stream.Stream;

/** Functions that would reach outside: policies must not. They exist so that {@code with} can replace them in tests. */
final class Refused {
    private Refused() {}

    static void register(Builtins.Registry registry) {
        registry.add("http.send", 1, Refused::send);
        registry.add("net.lookup_ip_addr", 1, o -> {
            throw o.failed("network access is not available to policies");
        });
        registry.add("rego.parse_module", 2, o -> {
            throw o.failed("not available to policies");
        });
        registry.add("opa.runtime", 0, o -> ObjectValue.EMPTY);
        registry.add("trace", 1, o -> Value.of(true));
        registry.add("print", -1, o -> Value.of(true));
        registry.add("rego.metadata.chain", 0, o -> null);
        registry.add("rego.metadata.rule", 0, o -> null);
        registry.add("walk", 1, o -> null);
    }

    private static Value send(Operands o) {
        SetValue missing = SetValue.of(Stream.of("method", "url")
                .map(StringValue::new)
                .filter(key -> o.object(0).get(key) == null)
                .toList());
        if (missing.size() > 0) {
            throw o.type(0, "missing required request parameters(s): " + missing);
        }
        throw o.failed("network access is not available to policies");
    }
}

package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;

/** Functions that would reach outside: policies must not. They exist so that {@code with} can replace them in tests. */
final class Refused {
    private Refused() {}

    static void register(Builtins.Registry registry) {
        registry.add("http.send", 1, o -> {
            throw o.failed("network access is not available to policies");
        });
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
}

package io.terrafleet.rego.builtin;

import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.syntax.ModuleParser;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Functions that reach outside, refused unless the evaluation allows them by name, and those that the planner answers. {@code
 * opa.runtime} tells nothing about where it runs.
 */
final class Outside {
    private Outside() {}

    static void register(Builtins.Registry registry) {
        registry.add("http.send", 1, Outside::send);
        registry.add("net.lookup_ip_addr", 1, Outside::lookUp);
        registry.add("opa.runtime", 0, o -> ObjectValue.EMPTY);
        registry.add("rego.parse_module", 2, Outside::parse);
        registry.add("trace", 1, o -> Value.of(true));
        registry.add("print", -1, o -> Value.of(true));
        registry.add("rego.metadata.chain", 0, o -> null);
        registry.add("rego.metadata.rule", 0, o -> null);
        registry.add("walk", 1, o -> null);
    }

    private static Value parse(Operands o) {
        try {
            return new ModuleTree().module(ModuleParser.module(o.string(0), o.string(1), Language.V1));
        } catch (RegoException e) {
            throw o.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void demand(Operands o) {
        if (!o.environment().allows(o.function())) {
            throw o.halted("policies may not reach outside; this function would have to be allowed by name");
        }
    }

    private static Value send(Operands o) {
        SetValue missing = SetValue.of(Stream.of("method", "url")
                .map(StringValue::new)
                .filter(key -> o.object(0).get(key) == null)
                .toList());
        if (missing.size() > 0) {
            throw o.type(0, "missing required request parameters(s): " + missing);
        }
        demand(o);
        return o.environment().remember(o.object(0), () -> HttpRequests.send(o, o.object(0)));
    }

    private static Value lookUp(Operands o) {
        String name = o.string(0);
        demand(o);
        try {
            return SetValue.of(Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> Value.of(address.getHostAddress()))
                    .toList());
        } catch (UnknownHostException e) {
            throw o.failed("lookup " + name + ": no such host");
        }
    }
}

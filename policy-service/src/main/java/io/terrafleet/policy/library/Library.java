package io.terrafleet.policy.library;

import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The rules that the service ships, compiled once. Each rule NAME is asked by {@code data.terrafleet.NAME.deny}. */
public final class Library {
    /** The rules, by the names that policies of a library set have. */
    public static final List<String> RULES =
            List.of("sg_ingress_cidr", "encryption_at_rest", "ec2_hardened_ami", "phi_access");

    /** Further rules, off unless a set names them; same query. */
    public static final List<String> OPTIONAL = List.of();

    private static final List<String> SHARED = List.of(
            "plan",
            "transport",
            "report",
            "cidr",
            "prefix_list",
            "volume",
            "bucket",
            "image",
            "template",
            "iam",
            "sensitive",
            "document",
            "attachment");

    private final CompiledPolicies compiled = RegoCompiler.compile(modules());

    public CompiledPolicies policies() {
        return compiled;
    }

    /** All rules, the optional ones last. */
    public static List<String> all() {
        return Stream.concat(RULES.stream(), OPTIONAL.stream()).toList();
    }

    public static boolean isRule(String name) {
        return RULES.contains(name) || OPTIONAL.contains(name);
    }

    /** The query for the set of resource types that a rule judges. */
    public static String covers(String rule) {
        return "data.terrafleet." + rule + ".covers";
    }

    public static String query(String rule) {
        return "data.terrafleet." + rule + ".deny";
    }

    /** The source of every module, rules and what they share. */
    public static List<RegoModule> modules() {
        return Stream.concat(
                        all().stream().map(rule -> "library/" + rule + ".rego"),
                        SHARED.stream().map(name -> "library/lib/" + name + ".rego"))
                .map(Library::module)
                .toList();
    }

    private static RegoModule module(String resource) {
        try (InputStream text = Library.class.getClassLoader().getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is missing from the service's own jar");
            }
            return RegoModule.parse(resource, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}

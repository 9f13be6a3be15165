package io.terrafleet.policy.library;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that the service ships, compiled once. Each rule NAME is asked by {@code data.terrafleet.NAME.deny}. */
public final class Library {
    /** The rules, by the names that policies of a library set have. */
    public static final List<String> RULES =
            List.of("sg_ingress_cidr", "encryption_at_rest", "ec2_hardened_ami", "phi_access");

    /** Further rules, off unless a set names them; same query. */
    public static final List<String> OPTIONAL = List.of(
            "public_buckets",
            "default_security_group",
            "wildcard_admin",
            "encrypted_snapshots",
            "deletion_protection",
            "required_tags",
            "allowed_regions",
            "allowed_instance_families",
            "allowed_sources",
            "destroy_guard");

    /** Name of the parameter that turns optional rules on. */
    public static final String OPTIONAL_RULES = "optional_rules";

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

    /**
     * The optional rules that a set turns on by its parameter {@link #OPTIONAL_RULES}: a list of names, which are then mandatory, or an
     * object of levels by name. Throws {@link IllegalArgumentException} with a sentence when it is anything else.
     */
    public static List<PolicyRef> turnedOn(JsonNode parameter) {
        List<PolicyRef> rules = new ArrayList<>();
        if (parameter.isObject()) {
            parameter
                    .properties()
                    .forEach(entry -> rules.add(optional(
                            entry.getKey(), Enforcement.of(entry.getValue().asText()))));
        } else if (parameter.isArray()) {
            parameter.forEach(name -> rules.add(optional(name.asText(), Enforcement.MANDATORY)));
        } else {
            throw new IllegalArgumentException(
                    OPTIONAL_RULES + " must be a list of rules, or an object of levels by rule");
        }
        return rules;
    }

    private static PolicyRef optional(String name, Enforcement level) {
        if (!OPTIONAL.contains(name)) {
            throw new IllegalArgumentException(
                    "the library has no optional rule \"" + name + "\"; it has " + String.join(", ", OPTIONAL));
        }
        return new PolicyRef(name, query(name), level, Optional.empty());
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

package io.terrafleet.api.stranger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what the files of one module need. The names that providers have in it are its own. */
final class ModuleNeeds {
    private static final Set<String> OF_PROVIDERS = Set.of("resource", "data", "ephemeral");
    private static final Set<String> PUBLIC = Set.of("registry.terraform.io", "registry.opentofu.org");
    private static final String BUILT_IN = "terraform";

    private final Map<String, Set<String>> named = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> calls = new TreeSet<>();

    void file(Block file) throws Unreadable {
        for (Block terraform : file.of("terraform")) {
            for (Block required : terraform.of("required_providers")) {
                for (Map.Entry<String, List<Token>> each : required.attributes().entrySet()) {
                    name(each.getKey(), source(each.getValue(), each.getKey()));
                }
            }
        }
        for (Block provider : file.of("provider")) {
            used.add(provider.label(0));
        }
        for (Block each : file.blocks()) {
            if (OF_PROVIDERS.contains(each.type())) {
                used.add(typePrefix(each.label(0)));
                chosen(each);
            }
        }
        for (Block module : file.of("module")) {
            calls.add(literal(module.attributes().get("source"), "the source of module " + module.label(0)));
        }
    }

    /** {@code provider = google.west} in a resource. */
    private void chosen(Block resource) {
        List<Token> provider = resource.attributes().get("provider");
        if (provider != null && !provider.isEmpty()) {
            used.add(provider.getFirst().text().replaceAll("\\..*", ""));
        }
    }

    /** What {@code { source = "…" }} says; without it a provider is HashiCorp's of that name. */
    private static String source(List<Token> expression, String name) throws Unreadable {
        for (int i = 0; i + 2 < expression.size(); i++) {
            Token key = expression.get(i);
            Token sign = expression.get(i + 1);
            if (key.text().equals("source") && (sign.is("=") || sign.is(":"))) {
                return literal(expression.subList(i + 2, i + 3), "the source of provider " + name);
            }
        }
        return "hashicorp/" + name;
    }

    private static String literal(@org.jspecify.annotations.Nullable List<Token> expression, String what)
            throws Unreadable {
        if (expression == null
                || expression.size() != 1
                || !expression.getFirst().isText()
                || !expression.getFirst().plain()) {
            throw new Unreadable(what + " is not a plain text");
        }
        return expression.getFirst().text();
    }

    /** By terraform's specification of its JSON syntax; an array stands for several blocks anywhere. */
    void json(String text) throws Unreadable {
        JsonNode root = parsed(text);
        for (JsonNode file : each(root)) {
            for (JsonNode terraform : each(file.path("terraform"))) {
                for (JsonNode required : each(terraform.path("required_providers"))) {
                    for (Map.Entry<String, JsonNode> one : required.properties()) {
                        name(one.getKey(), one.getValue().path("source").asText("hashicorp/" + one.getKey()));
                    }
                }
            }
            each(file.path("provider")).forEach(all -> all.fieldNames().forEachRemaining(used::add));
            for (String kind : OF_PROVIDERS) {
                each(file.path(kind)).forEach(this::typed);
            }
            for (JsonNode modules : each(file.path("module"))) {
                for (Map.Entry<String, JsonNode> one : modules.properties()) {
                    for (JsonNode module : each(one.getValue())) {
                        if (!module.path("source").isTextual()) {
                            throw new Unreadable("the source of module " + one.getKey() + " is not a plain text");
                        }
                        calls.add(module.path("source").textValue());
                    }
                }
            }
        }
    }

    private void typed(JsonNode types) {
        types.properties().forEach(type -> {
            used.add(typePrefix(type.getKey()));
            type.getValue()
                    .findValues("provider")
                    .forEach(provider ->
                            used.add(provider.asText("").replaceAll("[${}]", "").replaceAll("\\..*", "")));
        });
    }

    private static JsonNode parsed(String text) throws Unreadable {
        try {
            JsonNode root = Json.mapper().readTree(text);
            if (root != null && (root.isObject() || root.isArray())) {
                return root;
            }
            throw new Unreadable("it is not a JSON object");
        } catch (JacksonException e) {
            throw new Unreadable("it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static List<JsonNode> each(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> all.addAll(each(one)));
        } else if (node.isObject()) {
            all.add(node);
        }
        return all;
    }

    private void name(String local, String source) {
        named.computeIfAbsent(local, fresh -> new HashSet<>()).add(source);
    }

    private static String typePrefix(String type) {
        int cut = type.indexOf('_');
        return cut < 0 ? type : type.substring(0, cut);
    }

    /** What is required is fetched even when nothing uses it. */
    Set<String> providers() {
        Set<String> all = new TreeSet<>();
        named.values().forEach(sources -> sources.forEach(source -> all.add(normal(source))));
        used.stream()
                .filter(name -> !name.isEmpty() && !named.containsKey(name))
                .forEach(name -> all.add(normal("hashicorp/" + name)));
        all.remove("hashicorp/" + BUILT_IN);
        all.remove("terraform.io/builtin/" + BUILT_IN);
        return all;
    }

    Set<String> calls() {
        return calls;
    }

    private static String normal(String source) {
        String lower = source.strip().toLowerCase(Locale.ROOT);
        String[] parts = lower.split("/", -1);
        if (parts.length == 1) {
            return "hashicorp/" + lower;
        }
        return parts.length == 3 && PUBLIC.contains(parts[0]) ? parts[1] + "/" + parts[2] : lower;
    }
}

package io.terrafleet.runner;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.ResourceChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schemas without which a plan cannot be rendered, taken out of what {@code terraform providers schema -json} prints. A provider
 * may have thousands of types and describe them in a hundred megabytes, so the document is read as a stream and only what the plan
 * mentions is kept.
 *
 * @param wanted by provider, then {@code resource_schemas} or {@code data_source_schemas}, the types
 */
record ProviderSchemas(Map<String, Map<String, Set<String>>> wanted) {
    static ProviderSchemas of(PlanDocument plan) {
        Map<String, Map<String, Set<String>>> wanted = new HashMap<>();
        Stream.concat(plan.resourceChanges().stream(), plan.resourceDrift().stream())
                .forEach(change -> wanted.computeIfAbsent(change.providerName(), provider -> new HashMap<>())
                        .computeIfAbsent(kind(change), kind -> new HashSet<>())
                        .add(change.type()));
        return new ProviderSchemas(wanted);
    }

    private static String kind(ResourceChange change) {
        return change.managed() ? "resource_schemas" : "data_source_schemas";
    }

    /** Adds {@code provider_format_version} and {@code provider_schemas} to a plan. */
    void addTo(ObjectNode plan, Path schemas) throws IOException {
        try (JsonParser json = Json.mapper().createParser(schemas.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "format_version" -> plan.put("provider_format_version", json.getText());
                    case "provider_schemas" -> plan.set("provider_schemas", providers(json));
                    default -> json.skipChildren();
                }
            }
        }
    }

    private ObjectNode providers(JsonParser json) throws IOException {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String provider = json.currentName();
            json.nextToken();
            Map<String, Set<String>> kinds = wanted.get(provider);
            if (kinds == null) {
                json.skipChildren();
            } else {
                kept.set(provider, kinds(json, kinds));
            }
        }
        return kept;
    }

    private static ObjectNode kinds(JsonParser json, Map<String, Set<String>> kinds) throws IOException {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String kind = json.currentName();
            json.nextToken();
            Set<String> types = kinds.get(kind);
            if (types == null) {
                json.skipChildren();
            } else {
                kept.set(kind, types(json, types));
            }
        }
        return kept;
    }

    private static ObjectNode types(JsonParser json, Set<String> types) throws IOException {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String type = json.currentName();
            json.nextToken();
            if (types.contains(type)) {
                kept.set(type, json.readValueAsTree());
            } else {
                json.skipChildren();
            }
        }
        return kept;
    }
}

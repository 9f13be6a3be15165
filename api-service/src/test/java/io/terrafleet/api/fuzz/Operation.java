package io.terrafleet.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of an OpenAPI document, version 3, in JSON.
 *
 * @param path with its parameters in braces, below {@code /api/v2} unless it begins with {@code /api}
 * @param schema of the request's body, references not resolved
 */
record Operation(String method, String path, Optional<JsonNode> schema, JsonNode document) {
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

    static List<Operation> read(Path file) throws IOException {
        return read(Files.readAllBytes(file));
    }

    static List<Operation> read(byte[] json) throws IOException {
        JsonNode document = Json.mapper().readTree(json);
        List<Operation> operations = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            schema(operation.getValue()),
                            document));
                }
            }
        }
        return operations;
    }

    private static Optional<JsonNode> schema(JsonNode operation) {
        for (var content : operation.path("requestBody").path("content").properties()) {
            return Optional.of(content.getValue().path("schema"));
        }
        return Optional.empty();
    }

    boolean deletes() {
        return method.equals("DELETE") || path.contains("delete");
    }

    /** The schema that a reference stands for. */
    JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isTextual() && reference.textValue().startsWith("#/")
                ? document.at(reference.textValue().substring(1))
                : schema;
    }
}

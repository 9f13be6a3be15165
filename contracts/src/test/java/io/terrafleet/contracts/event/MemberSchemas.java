package io.terrafleet.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON schemas of records and their members; the records met on the way are collected to be defined once. */
final class MemberSchemas {
    private static final String TAIL = "[A-Za-z0-9]{16}";
    private static final Map<Class<?>, Map<String, Object>> LEAVES = Map.ofEntries(
            Map.entry(String.class, ordered("type", "string")),
            Map.entry(boolean.class, ordered("type", "boolean")),
            Map.entry(Boolean.class, ordered("type", "boolean")),
            Map.entry(int.class, ordered("type", "integer", "format", "int32")),
            Map.entry(long.class, ordered("type", "integer", "format", "int64")),
            Map.entry(Long.class, ordered("type", "integer", "format", "int64")),
            Map.entry(BigDecimal.class, ordered("type", "number")),
            Map.entry(Instant.class, ordered("type", "string", "format", "date-time")),
            Map.entry(LocalDate.class, ordered("type", "string", "format", "date")),
            Map.entry(URI.class, ordered("type", "string", "format", "uri")),
            Map.entry(RunId.class, ordered("type", "string", "pattern", "^run-" + TAIL + "$")),
            Map.entry(WorkspaceId.class, ordered("type", "string", "pattern", "^ws-" + TAIL + "$")),
            Map.entry(JobId.class, ordered("type", "string", "pattern", "^run-" + TAIL + "-(plan|apply)-[1-9][0-9]?$")),
            Map.entry(JsonNode.class, ordered("description", "Any JSON value.")));

    private final Map<String, Object> definitions = new TreeMap<>();
    private final RecordComments comments;

    MemberSchemas(RecordComments comments) {
        this.comments = comments;
    }

    /** By name, sorted; complete only after all records were asked for. */
    Map<String, Object> definitions() {
        return definitions;
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    Map<String, Object> record(Class<?> type) {
        Map<String, Object> schema = ordered("type", "object");
        comments.of(type).ifPresent(text -> schema.put("description", text));
        List<String> required = new ArrayList<>();
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() != Optional.class) {
                required.add(component.getName());
            }
            Map<String, Object> member = new LinkedHashMap<>(of(component.getGenericType()));
            comments.of(type, component.getName()).ifPresent(text -> member.put("description", text));
            properties.put(component.getName(), member);
        }
        schema.put("required", required);
        schema.put("properties", properties);
        return schema;
    }

    private Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return of(arguments[0]);
            }
            if (generic.getRawType() == List.class) {
                return ordered("type", "array", "items", of(arguments[0]));
            }
            if (generic.getRawType() == Map.class) {
                return ordered("type", "object", "additionalProperties", of(arguments[1]));
            }
        } else if (type instanceof Class<?> plain) {
            return plain(plain);
        }
        throw new IllegalArgumentException("no schema is known for " + type.getTypeName());
    }

    private Map<String, Object> plain(Class<?> type) {
        Map<String, Object> leaf = LEAVES.get(type);
        if (leaf != null) {
            return leaf;
        }
        if (type.isEnum()) {
            List<String> words = Arrays.stream(type.getEnumConstants())
                    .map(constant -> Json.mapper().convertValue(constant, String.class))
                    .toList();
            return ordered("type", "string", "enum", words);
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no schema is known for " + type.getName());
        }
        String name = RecordComments.nameOf(type);
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, record(type));
        }
        return ordered("$ref", "#/components/schemas/" + name);
    }
}

package io.terrafleet.contracts.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes and reads facts. The type's name, for example {@code io.terrafleet.run-requests.phase-requested.v1}, rides in the
 * {@code ce_type} header (CloudEvents 1.0, Kafka binding, binary mode), the record's JSON is the value. A released shape never
 * changes: it is joined by a v2. Readers ignore unknown members and skip unknown types.
 */
public final class FactCodec {
    /** A value longer than this is refused: large things travel by reference. */
    public static final int MOST_BYTES = 1_000_000;

    private static final Map<String, Class<? extends Fact>> BY_TYPE =
            types().stream().collect(Collectors.toUnmodifiableMap(FactCodec::typeOf, Function.identity()));

    private FactCodec() {}

    /** All records that can ride a topic, in the order of the topics. */
    public static List<Class<? extends Fact>> types() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Arrays.stream(topic.facts().getPermittedSubclasses()))
                .<Class<? extends Fact>>map(type -> type.asSubclass(Fact.class))
                .toList();
    }

    public static String typeOf(Class<? extends Fact> type) {
        String topic = Arrays.stream(Topic.values())
                .filter(candidate -> candidate.facts().isAssignableFrom(type))
                .findFirst()
                .orElseThrow()
                .kafkaName()
                .substring("terrafleet.".length());
        String name =
                type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
        return "io.terrafleet." + topic + "." + name + ".v1";
    }

    public static byte[] write(Fact fact) {
        byte[] value = Json.write(fact);
        if (value.length > MOST_BYTES) {
            throw new IllegalArgumentException(typeOf(fact.getClass()) + " is " + value.length + " bytes long; at most "
                    + MOST_BYTES + " may ride a topic");
        }
        return value;
    }

    /**
     * The fact, or empty when the type is not known to this version of the software.
     *
     * @throws UnreadableFact when the type is known and the value is not of its shape
     */
    public static Optional<Fact> read(String type, byte[] value) {
        Class<? extends Fact> known = BY_TYPE.get(type);
        if (known == null) {
            return Optional.empty();
        }
        if (value.length > MOST_BYTES) {
            throw new UnreadableFact(type + " is " + value.length + " bytes long; at most " + MOST_BYTES + " are read");
        }
        try {
            Fact fact = Json.mapper().readValue(value, known);
            if (fact == null) {
                throw new UnreadableFact(type + " is null");
            }
            return Optional.of(fact);
        } catch (JsonMappingException e) {
            throw new UnreadableFact(type + " cannot be read: " + member(e) + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new UnreadableFact(type + " cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UnreadableFact(type + " cannot be read", e);
        }
    }

    /** Which member is wrong, for example {@code plan.size: }. */
    private static String member(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }

    /** The value is not of the shape that its type promises. */
    public static final class UnreadableFact extends RuntimeException {
        public UnreadableFact(String message) {
            super(message);
        }

        public UnreadableFact(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

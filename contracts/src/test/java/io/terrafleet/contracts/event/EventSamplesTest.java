package io.terrafleet.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A released shape is finished: the samples under {@code events/} are read for ever. A file is named after its type; a type that
 * cannot show all its members at once has more samples, with a word behind.
 */
class EventSamplesTest {
    static List<Path> samples() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(EventSamplesTest.class.getResource("/events"))
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    static List<Class<? extends Fact>> types() {
        return FactCodec.types();
    }

    private static String typeOf(Path sample) {
        String name = sample.getFileName().toString();
        return name.substring(0, name.indexOf(".v1.") + ".v1".length());
    }

    private static Fact read(Path sample) throws IOException {
        return FactCodec.read(typeOf(sample), Files.readAllBytes(sample)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsReadAndWrittenBackEqual(Path sample) throws IOException {
        JsonNode written = Json.mapper().readTree(FactCodec.write(read(sample)));
        assertThat(written).isEqualTo(Json.mapper().readTree(Files.readAllBytes(sample)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anUnknownMemberIsIgnored(Path sample) throws IOException {
        ObjectNode tomorrow = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(sample));
        tomorrow.putObject("saidTomorrow").put("colour", "blue");
        assertThat(FactCodec.read(typeOf(sample), Json.write(tomorrow))).contains(read(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMissingMemberOfAnotherKindThanOptionalIsAMistake(Path sample) throws IOException {
        Class<? extends Fact> type = read(sample).getClass();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == Optional.class) {
                continue;
            }
            ObjectNode broken = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(sample));
            broken.remove(component.getName());
            assertThatThrownBy(() -> FactCodec.read(typeOf(sample), Json.write(broken)))
                    .as("without %s", component.getName())
                    .isInstanceOf(FactCodec.UnreadableFact.class)
                    .hasMessageContaining(component.getName());
        }
    }

    /** Of every type there is a sample, and together the samples show every member with a value. */
    @ParameterizedTest
    @MethodSource("types")
    void everyMemberIsShown(Class<? extends Fact> type) throws IOException, URISyntaxException {
        Set<String> met = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (Path sample : samples()) {
            if (typeOf(sample).equals(FactCodec.typeOf(type))) {
                walk(read(sample), met, shown);
            }
        }
        assertThat(met).as("samples of %s", FactCodec.typeOf(type)).isNotEmpty();
        assertThat(shown).isEqualTo(met);
    }

    @Test
    void anUnknownTypeIsSkipped() {
        assertThat(FactCodec.read("io.terrafleet.run-events.plan-completed.v9", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aBrokenValueIsUnreadable(Class<? extends Fact> type) {
        for (String broken : List.of("", "null", "[]", "{", "{\"run\":7}")) {
            assertThatThrownBy(() -> FactCodec.read(FactCodec.typeOf(type), broken.getBytes(StandardCharsets.UTF_8)))
                    .as(broken)
                    .isInstanceOf(FactCodec.UnreadableFact.class)
                    .hasMessageContaining(FactCodec.typeOf(type));
        }
    }

    private static void walk(Object value, Set<String> met, Set<String> shown) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(inner -> walk(inner, met, shown));
            case Collection<?> list -> list.forEach(entry -> walk(entry, met, shown));
            case Map<?, ?> map -> map.values().forEach(entry -> walk(entry, met, shown));
            case Record part -> components(part, met, shown);
            default -> {}
        }
    }

    private static void components(Record part, Set<String> met, Set<String> shown) {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            String name = part.getClass().getSimpleName() + "." + component.getName();
            met.add(name);
            Object value = valueOf(part, component);
            if (!empty(value)) {
                shown.add(name);
            }
            walk(value, met, shown);
        }
    }

    private static boolean empty(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static Object valueOf(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component + " of " + part, e);
        }
    }
}

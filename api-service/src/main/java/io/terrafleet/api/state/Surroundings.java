package io.terrafleet.api.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrafleet.contracts.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a state version is shown with that is not in its row.
 *
 * @param outputs ids, in the order of its file
 * @param previous the version before it in its workspace
 * @param next the version after it
 * @param commit that the configuration was of whose run wrote it, 40 hexadecimal digits
 * @param commitUrl a page about that
 */
public record Surroundings(
        List<String> outputs,
        Optional<String> previous,
        Optional<String> next,
        Optional<String> commit,
        Optional<String> commitUrl) {
    static final Surroundings NONE =
            new Surroundings(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @param row as {@link StateStore#surroundings} has it */
    static Surroundings of(Object[] row) {
        return new Surroundings(
                Optional.ofNullable((String) row[5])
                        .map(ids -> List.of(ids.split(",")))
                        .orElse(List.of()),
                Optional.ofNullable((String) row[1]),
                Optional.ofNullable((String) row[2]),
                Optional.ofNullable((String) row[3]),
                Optional.ofNullable((String) row[4]).map(Surroundings::url).filter(url -> !url.isEmpty()));
    }

    private static String url(String ingress) {
        try {
            return Json.mapper().readTree(ingress).path("commitUrl").asText("");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is known of a commit is not kept as JSON", e);
        }
    }
}

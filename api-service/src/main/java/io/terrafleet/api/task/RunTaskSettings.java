package io.terrafleet.api.task;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request says of a task; what it does not say stays. A key that is given empty is taken away. */
public record RunTaskSettings(
        Optional<String> name,
        Optional<String> description,
        Optional<String> url,
        Optional<String> key,
        Optional<Boolean> enabled,
        Optional<Boolean> everywhere,
        Optional<Level> level,
        Optional<Set<Stage>> stages) {
    private static final String GLOBAL = "global-configuration";

    static RunTaskSettings read(RequestDocument request) {
        request.text("category").filter(word -> !word.equals("task")).ifPresent(other -> {
            throw Problem.invalid("category", "Category must be \"task\"");
        });
        request.related("agent-pool").ifPresent(pool -> {
            throw Problem.invalidRelationship(
                    "agent-pool", "Agent pool can't be set: run tasks are asked by the platform itself");
        });
        var global = request.raw(GLOBAL);
        if (!global.isMissingNode() && !global.isNull() && !global.isObject()) {
            throw Problem.invalid(GLOBAL, "Global configuration must be an object");
        }
        var on = global.path("enabled");
        if (!on.isMissingNode() && !on.isBoolean()) {
            throw Problem.invalid(GLOBAL, "Global configuration's enabled must be true or false");
        }
        var level = global.path("enforcement-level");
        if (!level.isMissingNode() && !level.isNull() && !level.isTextual()) {
            throw Problem.invalid(GLOBAL, "Global configuration's enforcement level must be advisory or mandatory");
        }
        return new RunTaskSettings(
                request.text("name", 90),
                request.text("description", 1_000),
                request.text("url", 2_048),
                request.isNull("hmac-key") ? Optional.of("") : request.text("hmac-key", 1_024),
                request.flag("enabled"),
                on.isMissingNode() ? Optional.empty() : Optional.of(on.booleanValue()),
                level.isTextual() ? Optional.of(Level.parse(GLOBAL, level.textValue())) : Optional.empty(),
                stages(global.path("stages")));
    }

    private static Optional<Set<Stage>> stages(com.fasterxml.jackson.databind.JsonNode list) {
        if (list.isMissingNode() || list.isNull()) {
            return Optional.empty();
        }
        if (!list.isArray() || list.size() > 10) {
            throw Problem.invalid(GLOBAL, "Global configuration's stages must be a list of stages");
        }
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return Optional.of(Stage.parse(GLOBAL, words));
    }
}

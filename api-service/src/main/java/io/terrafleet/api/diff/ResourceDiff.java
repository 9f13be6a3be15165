package io.terrafleet.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to one resource, or one output.
 *
 * @param reason why terraform decided so, when it says
 * @param movedFrom the address that it had before
 * @param importId the identifier under which it is taken over
 * @param cut lines that are left out because there are too many
 */
public record ResourceDiff(
        Action action,
        String address,
        Optional<String> reason,
        Optional<String> movedFrom,
        Optional<String> importId,
        List<Line> lines,
        int cut) {
    /** Lines of one resource. */
    static final int MOST_LINES = 600;

    private static final Set<String> CONTEXT = Set.of("id", "name");

    static ResourceDiff of(JsonNode entry, int mostLines) {
        JsonNode change = entry.path("change");
        Action planned = Action.of(change.path("actions"));
        Optional<String> movedFrom = text(entry, "previous_address");
        Optional<String> importId = text(change.path("importing"), "id");
        boolean adopted = planned == Action.NONE && (movedFrom.isPresent() || importId.isPresent());
        Action action = adopted ? Action.ADOPT : planned;
        Set<String> context = action == Action.UPDATE || action == Action.REPLACE ? CONTEXT : Set.of();
        Walk walk = new Walk(replacing(change.path("replace_paths")), context, Math.min(mostLines, MOST_LINES));
        if (action != Action.ADOPT && action != Action.NONE) {
            JsonNode after = action == Action.FORGET ? change.path("missing") : change.path("after");
            walk.members(0, change.path("before"), after, change.path("after_unknown"), "");
        }
        return new ResourceDiff(
                action,
                label(entry),
                text(entry, "action_reason").map(Reason::sentence),
                movedFrom,
                importId,
                walk.lines(),
                walk.cut());
    }

    static ResourceDiff output(String name, JsonNode change, int mostLines) {
        Walk walk = new Walk(Set.of(), Set.of(), Math.min(mostLines, MOST_LINES));
        walk.member(0, name, change.path("before"), change.path("after"), change.path("after_unknown"), "/" + name);
        Action action = Action.of(change.path("actions"));
        Optional<String> none = Optional.empty();
        return new ResourceDiff(action, name, none, none, none, walk.lines(), walk.cut());
    }

    private static String label(JsonNode entry) {
        String address = entry.path("address").asText();
        return text(entry, "deposed")
                .map(key -> address + " (deposed object " + key + ")")
                .orElse(address);
    }

    /** For {@code [["a", 0, "b"]]}: {@code /a/0/b}. */
    private static Set<String> replacing(JsonNode paths) {
        Set<String> texts = new HashSet<>();
        for (JsonNode path : paths) {
            StringBuilder text = new StringBuilder();
            path.forEach(step -> text.append('/').append(step.asText()));
            texts.add(text.toString());
        }
        return texts;
    }

    private static Optional<String> text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isTextual() && !value.textValue().isEmpty() ? Optional.of(value.textValue()) : Optional.empty();
    }
}

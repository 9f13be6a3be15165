package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.WorkspaceQuery.Order;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link WorkspaceQuery} out of an address. Parameters that nobody knows are passed over, as clients expect. */
final class WorkspaceFilterReader {
    private static final Pattern TAGGED = Pattern.compile("filter\\[tagged\\]\\[(\\d{1,4})\\]\\[(key|value)\\]");

    private WorkspaceFilterReader() {}

    static WorkspaceQuery read(String organizationId, MultivaluedMap<String, String> parameters, Visibility visible) {
        String sort = text(parameters, "sort").orElse("name");
        boolean descending = sort.startsWith("-");
        TreeMap<String, String> keys = new TreeMap<>();
        TreeMap<String, String> values = new TreeMap<>();
        parameters.forEach((name, list) -> {
            Matcher tagged = TAGGED.matcher(name);
            if (tagged.matches() && !list.isEmpty()) {
                (tagged.group(2).equals("key") ? keys : values).put(tagged.group(1), list.getFirst());
            }
        });
        List<String> tags = new java.util.ArrayList<>(list(parameters, "search[tags]"));
        Map<String, String> bindings = new TreeMap<>();
        keys.forEach((index, key) -> {
            @Nullable String value = values.get(index);
            if (value == null) {
                tags.add(key);
            } else {
                bindings.put(key, value);
            }
        });
        return new WorkspaceQuery(
                organizationId,
                text(parameters, "search[name]"),
                text(parameters, "search[wildcard-name]"),
                tags,
                list(parameters, "search[exclude-tags]"),
                bindings,
                text(parameters, "filter[project][id]"),
                order(descending ? sort.substring(1) : sort),
                descending,
                visible);
    }

    private static Order order(String word) {
        return switch (word) {
            case "name" -> Order.NAME;
            case "current-run.created-at" -> Order.CURRENT_RUN;
            case "latest-change-at" -> Order.CHANGE;
            default ->
                throw Problem.malformed(
                        "sort must be name, current-run.created-at or latest-change-at, with - before it to reverse");
        };
    }

    private static Optional<String> text(MultivaluedMap<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(text -> !text.isEmpty());
    }

    private static List<String> list(MultivaluedMap<String, String> parameters, String name) {
        return text(parameters, name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}

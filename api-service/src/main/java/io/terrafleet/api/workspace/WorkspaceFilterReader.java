package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.organization.TagFilter;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.WorkspaceQuery.Order;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a {@link WorkspaceQuery} out of an address. Parameters that nobody knows are passed over, as clients expect. */
final class WorkspaceFilterReader {
    private WorkspaceFilterReader() {}

    static WorkspaceQuery read(String organizationId, MultivaluedMap<String, String> parameters, Visibility visible) {
        String sort = text(parameters, "sort").orElse("name");
        boolean descending = sort.startsWith("-");
        Map<String, Optional<String>> tagged = TagFilter.read(parameters);
        List<String> tags = new ArrayList<>(list(parameters, "search[tags]"));
        tags.addAll(TagFilter.withoutValue(tagged));
        Map<String, String> bindings = new TreeMap<>();
        tagged.forEach((key, value) -> value.ifPresent(text -> bindings.put(key, text)));
        return new WorkspaceQuery(
                organizationId,
                text(parameters, "search[name]"),
                text(parameters, "search[wildcard-name]"),
                tags,
                list(parameters, "search[exclude-tags]"),
                bindings,
                text(parameters, "filter[project][id]"),
                list(parameters, "filter[current-run][status]").stream()
                        .limit(50)
                        .toList(),
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

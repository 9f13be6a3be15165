package io.terrafleet.rego.evaluation;

import java.util.ArrayList;
import java.util.List;

/** The places of {@code data} that {@code with} has replaced: rules at or below them are not consulted. */
record Shadow(List<List<String>> replaced) {
    static final Shadow NONE = new Shadow(List.of());

    Shadow and(List<String> path) {
        List<List<String>> more = new ArrayList<>(replaced);
        more.add(path);
        return new Shadow(List.copyOf(more));
    }

    boolean covers(List<String> path) {
        for (List<String> place : replaced) {
            if (path.size() >= place.size() && path.subList(0, place.size()).equals(place)) {
                return true;
            }
        }
        return false;
    }
}

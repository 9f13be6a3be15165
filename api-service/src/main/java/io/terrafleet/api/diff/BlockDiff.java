package io.terrafleet.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Two lists of objects. The plan does not tell a list from a set, so equal ones are matched wherever they stand; what is left is
 * paired by position and diffed inside, and the rest goes or comes whole.
 */
final class BlockDiff {
    private static final JsonNode ABSENT = MissingNode.getInstance();

    /** Blocks compared with each other at most; longer lists are paired by position alone. */
    private static final int MOST_COMPARED = 500;

    private final Walk walk;
    private final int depth;
    private final String name;
    private final String path;

    BlockDiff(Walk walk, int depth, String name, String path) {
        this.walk = walk;
        this.depth = depth;
        this.name = name;
        this.path = path;
    }

    void write(JsonNode before, JsonNode after, JsonNode unknown) {
        List<Integer> gone = indexes(before);
        List<Integer> come = indexes(after);
        match(before, after, unknown, gone, come);
        int unchanged = before.size() - gone.size();
        int pairs = Math.min(gone.size(), come.size());
        for (int i = 0; i < pairs; i++) {
            int at = come.get(i);
            JsonNode old = before.get(gone.get(i));
            walk.around(
                    depth,
                    Value.name(name) + " {",
                    "}",
                    path + "/" + at,
                    () -> walk.members(depth + 1, old, after.get(at), unknown.path(at), path + "/" + at));
        }
        for (int i = pairs; i < gone.size(); i++) {
            walk.block(depth, Mark.REMOVE, name, before.get(gone.get(i)), ABSENT, path + "/" + gone.get(i));
        }
        for (int i = pairs; i < come.size(); i++) {
            int at = come.get(i);
            walk.block(depth, Mark.ADD, name, after.get(at), unknown.path(at), path + "/" + at);
        }
        if (unchanged > 0) {
            boolean reordered = gone.isEmpty() && come.isEmpty();
            walk.add(Line.hidden(depth, unchanged, Value.name(name) + (reordered ? ", reordered, block" : " block")));
        }
    }

    private static void match(
            JsonNode before, JsonNode after, JsonNode unknown, List<Integer> gone, List<Integer> come) {
        if (gone.size() > MOST_COMPARED || come.size() > MOST_COMPARED) {
            return;
        }
        gone.removeIf(old -> {
            for (Iterator<Integer> places = come.iterator(); places.hasNext(); ) {
                int fresh = places.next();
                if (before.get(old).equals(after.get(fresh)) && !Walk.anyUnknown(unknown.path(fresh))) {
                    places.remove();
                    return true;
                }
            }
            return false;
        });
    }

    private static List<Integer> indexes(JsonNode list) {
        List<Integer> indexes = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            indexes.add(i);
        }
        return indexes;
    }
}

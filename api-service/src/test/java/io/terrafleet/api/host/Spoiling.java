package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes of a delivery what a host would never send. */
public final class Spoiling {
    private Spoiling() {}

    /** Takes members away, or puts something else in their place. */
    public static void spoil(ObjectNode node, Random random) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            switch (random.nextInt(8)) {
                case 0 -> node.remove(name);
                case 1 -> node.putNull(name);
                case 2 -> node.put(name, "\u0000\n" + "x".repeat(5_000));
                case 3 -> node.put(name, random.nextLong());
                case 4 -> node.putArray(name).add(1).addNull();
                default -> {
                    if (node.path(name) instanceof ObjectNode inner) {
                        spoil(inner, random);
                    }
                }
            }
        }
    }
}

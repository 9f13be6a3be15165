package io.terrafleet.rego.plan;

/** Hands out the places of one frame. */
final class Slots {
    private int used;

    int next() {
        return used++;
    }

    int count() {
        return used;
    }
}

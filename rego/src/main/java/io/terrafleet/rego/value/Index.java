package io.terrafleet.rego.value;

import java.util.Arrays;

/** Finds a key among distinct values: by scan while they are few, by an open hash table otherwise. */
final class Index {
    private static final int SCAN = 8;

    private final Value[] keys;
    private volatile int[] table = {};

    Index(Value[] keys) {
        this.keys = keys;
    }

    /** Position of the key, or -1. */
    int find(Value key) {
        if (keys.length <= SCAN) {
            return scan(key);
        }
        int[] slots = table;
        if (slots.length == 0) {
            slots = build();
            table = slots;
        }
        int mask = slots.length - 1;
        for (int i = spread(key.hashCode()) & mask; slots[i] >= 0; i = (i + 1) & mask) {
            Value candidate = keys[slots[i]];
            if (candidate.equals(key)) {
                return slots[i];
            }
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality") // keys of one document are shared, so identity usually finds them
    private int scan(Value key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        int hash = key.hashCode();
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].hashCode() == hash && keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private int[] build() {
        int[] slots = new int[Integer.highestOneBit(keys.length) * 4];
        Arrays.fill(slots, -1);
        int mask = slots.length - 1;
        for (int k = 0; k < keys.length; k++) {
            int i = spread(keys[k].hashCode()) & mask;
            while (slots[i] >= 0) {
                i = (i + 1) & mask;
            }
            slots[i] = k;
        }
        return slots;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}

package io.terrafleet.standalone.journey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values that must be nowhere, and how they are recognized: as they are, in hexadecimal digits, and in Base64 wherever they begin. */
final class Secrets {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** A new one of letters and digits only, so that no escaping hides it. */
    String make(String name) {
        return add(name, "sEcReT" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** One that the platform made. */
    String add(String name, String value) {
        if (value.length() < 8) {
            throw new AssertionError("the secret " + name + " is too short to be looked for");
        }
        values.put(name, value);
        return value;
    }

    /** Names of those in the text. */
    List<String> in(String text) {
        List<String> found = new ArrayList<>();
        values.forEach((name, value) -> {
            if (forms(value).stream().anyMatch(text::contains)) {
                found.add(name);
            }
        });
        return found;
    }

    List<String> in(byte[] bytes) {
        return in(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static List<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(List.of(value, HexFormat.of().formatHex(bytes)));
        for (int before = 0; before < 3; before++) {
            byte[] moved = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, moved, before, bytes.length);
            String coded = Base64.getEncoder().withoutPadding().encodeToString(moved);
            // The first and the last characters depend on the neighbours.
            forms.add(coded.substring(before == 0 ? 0 : before + 1, coded.length() - 2));
        }
        return forms;
    }
}

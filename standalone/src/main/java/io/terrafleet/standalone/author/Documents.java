package io.terrafleet.standalone.author;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import io.terrafleet.rego.value.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads documents from files: JSON, YAML, packed with gzip or not; {@code -} is standard input. */
final class Documents {
    private static final int MOST_BYTES = 512 << 20;

    private Documents() {}

    static byte[] bytes(String file) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            boolean packed = bytes.length > 2 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
            if (packed) {
                try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = unpacked.readNBytes(MOST_BYTES + 1);
                }
            }
            if (bytes.length > MOST_BYTES) {
                throw new ToolFailure(file + " is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ToolFailure("cannot read " + file + ": " + reason(e), e);
        }
    }

    /** Exceptions of the file system often have only the file's name as their message. */
    static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing -> "there is no such file";
            case java.nio.file.AccessDeniedException denied -> "no permission";
            default -> String.valueOf(e.getMessage());
        };
    }

    static Value value(String file) {
        byte[] bytes = bytes(file);
        try {
            return file.endsWith(".yaml") || file.endsWith(".yml")
                    ? Yaml.read(new String(bytes, StandardCharsets.UTF_8))
                    : Value.fromJson(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw new ToolFailure(
                    file + " is not " + (file.endsWith(".json") ? "JSON" : "readable") + ": " + e.getMessage(), e);
        }
    }

    /** The second over the first; objects member by member. */
    static Value merged(Value under, Value over) {
        if (!(under instanceof ObjectValue a) || !(over instanceof ObjectValue b)) {
            return over;
        }
        Map<Value, Value> all = new HashMap<>();
        for (int i = 0; i < a.size(); i++) {
            all.put(a.keyAt(i), a.valueAt(i));
        }
        for (int i = 0; i < b.size(); i++) {
            all.merge(b.keyAt(i), b.valueAt(i), Documents::merged);
        }
        return ObjectValue.of(all);
    }
}

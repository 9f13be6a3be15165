package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import io.terrafleet.rego.value.Yaml;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Texts that carry other data: JSON, YAML, base64, hexadecimal, URL queries. */
final class Encodings {
    private static final Set<Value> OPTIONS = Set.of(Value.of("indent"), Value.of("prefix"), Value.of("pretty"));

    private Encodings() {}

    static void register(Builtins.Registry registry) {
        registry.add("json.marshal", 1, o -> Value.of(safe(o.at(0).toJson())));
        registry.add("json.marshal_with_options", 2, Encodings::marshal);
        registry.add("json.unmarshal", 1, Encodings::unmarshal);
        registry.add("json.is_valid", 1, o -> Value.of(o.at(0) instanceof StringValue s && isJson(s.value())));
        registry.add("yaml.marshal", 1, o -> Value.of(Yaml.write(o.at(0))));
        registry.add("yaml.unmarshal", 1, Encodings::yaml);
        registry.add("yaml.is_valid", 1, o -> Value.of(o.at(0) instanceof StringValue s && isYaml(s.value())));
        registry.add("base64.encode", 1, o -> Value.of(encoded(Base64.getEncoder(), o)));
        registry.add("base64.decode", 1, o -> Value.of(text(padded(o, o.string(0)))));
        registry.add("base64.is_valid", 1, o -> Value.of(o.at(0) instanceof StringValue s && isBase64(s.value())));
        registry.add("base64url.encode", 1, o -> Value.of(encoded(Base64.getUrlEncoder(), o)));
        registry.add(
                "base64url.encode_no_pad",
                1,
                o -> Value.of(encoded(Base64.getUrlEncoder().withoutPadding(), o)));
        registry.add("base64url.decode", 1, o -> Value.of(text(decoded(o, o.string(0), Base64.getUrlDecoder()))));
        registry.add("hex.encode", 1, o -> Value.of(hex(utf8(o.string(0)))));
        registry.add("hex.decode", 1, Encodings::unhex);
        registry.add("urlquery.encode", 1, o -> Value.of(escaped(o.string(0))));
        registry.add("urlquery.decode", 1, o -> Value.of(urlDecoded(o, o.string(0))));
        registry.add("urlquery.encode_object", 1, Encodings::encodeQuery);
        registry.add("urlquery.decode_object", 1, Encodings::decodeQuery);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Value marshal(Operands o) {
        ObjectValue options = o.object(1);
        for (Value option : options.keys()) {
            if (!OPTIONS.contains(option)) {
                throw o.type(1, "object contained unknown key " + option);
            }
        }
        Value indent = options.get("indent");
        Value prefix = options.get("prefix");
        boolean asked = indent != null || prefix != null;
        Value pretty = options.get("pretty");
        if (!(pretty == null ? asked : pretty.equals(BoolValue.TRUE))) {
            return Value.of(o.at(0).toJson());
        }
        String unit = indent instanceof StringValue s ? s.value() : "\t";
        String start = prefix instanceof StringValue s ? s.value() : "";
        StringBuilder out = new StringBuilder(start);
        pretty(o.at(0), start, unit, "", out);
        return Value.of(out.toString());
    }

    private static void pretty(Value value, String prefix, String unit, String indent, StringBuilder out) {
        List<String> heads = new ArrayList<>();
        List<Value> parts = new ArrayList<>();
        switch (value) {
            case ObjectValue object -> {
                for (int i = 0; i < object.size(); i++) {
                    Value key = object.keyAt(i);
                    heads.add((key instanceof StringValue ? key : Value.of(key.toJson())).toJson() + ": ");
                    parts.add(object.valueAt(i));
                }
            }
            case ArrayValue array -> parts.addAll(array.list());
            case SetValue set -> parts.addAll(set.list());
            default -> {}
        }
        if (parts.isEmpty()) {
            out.append(value.toJson());
            return;
        }
        boolean object = value instanceof ObjectValue;
        out.append(object ? '{' : '[');
        String inner = indent + unit;
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "\n" : ",\n").append(prefix).append(inner).append(object ? heads.get(i) : "");
            pretty(parts.get(i), prefix, unit, inner, out);
        }
        out.append('\n').append(prefix).append(indent).append(object ? '}' : ']');
    }

    private static Value unmarshal(Operands o) {
        try {
            return Value.fromJson(o.string(0));
        } catch (UncheckedIOException e) {
            throw o.failed("invalid JSON: " + e.getMessage());
        }
    }

    private static boolean isJson(String text) {
        try {
            Value.fromJson(text);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static Value yaml(Operands o) {
        try {
            return Yaml.read(o.string(0));
        } catch (IllegalArgumentException e) {
            throw o.failed("yaml: " + e.getMessage());
        }
    }

    private static boolean isYaml(String text) {
        try {
            Yaml.read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encoded(Base64.Encoder encoder, Operands o) {
        return encoder.encodeToString(utf8(o.string(0)));
    }

    static byte[] decoded(Operands o, String text, Base64.Decoder decoder) {
        try {
            return decoder.decode(text.replace("\n", "").replace("\r", ""));
        } catch (IllegalArgumentException e) {
            throw o.failed("illegal base64 data: " + e.getMessage());
        }
    }

    private static byte[] padded(Operands o, String text) {
        String plain = text.replace("\n", "").replace("\r", "");
        if (plain.length() % 4 != 0) {
            throw o.failed("illegal base64 data at input byte " + plain.length());
        }
        return decoded(o, plain, Base64.getDecoder());
    }

    /** As Go escapes: "~" is left alone, "*" is not. */
    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%7E", "~")
                .replace("*", "%2A");
    }

    /** As Go writes JSON: safe inside of HTML. */
    private static String safe(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Value unhex(Operands o) {
        try {
            return Value.of(text(HexFormat.of().parseHex(o.string(0))));
        } catch (IllegalArgumentException e) {
            throw o.failed("invalid hexadecimal: " + e.getMessage());
        }
    }

    private static String urlDecoded(Operands o, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw o.failed("invalid URL escape: " + e.getMessage());
        }
    }

    private static Value encodeQuery(Operands o) {
        ObjectValue object = o.object(0);
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            if (!(object.keyAt(i) instanceof StringValue key)) {
                throw o.type(0, "must be object with string keys");
            }
            Value value = object.valueAt(i);
            List<Value> values =
                    switch (value) {
                        case ArrayValue a -> a.list();
                        case SetValue s -> s.list();
                        default -> List.of(value);
                    };
            for (Value single : values) {
                if (!(single instanceof StringValue text)) {
                    throw o.type(0, "values must be string, array of strings or set of strings");
                }
                pairs.add(escaped(key.value()) + "=" + escaped(text.value()));
            }
        }
        return Value.of(String.join("&", pairs));
    }

    private static Value decodeQuery(Operands o) {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        for (String pair : o.string(0).split("&")) {
            if (pair.indexOf(';') >= 0) {
                throw o.failed("invalid semicolon separator in query");
            }
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = urlDecoded(o, equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : urlDecoded(o, pair.substring(equals + 1));
                values.computeIfAbsent(key, k -> new ArrayList<>()).add(Value.of(value));
            }
        }
        Map<Value, Value> object = new HashMap<>();
        values.forEach((key, list) -> object.put(Value.of(key), ArrayValue.of(list)));
        return ObjectValue.of(object);
    }
}

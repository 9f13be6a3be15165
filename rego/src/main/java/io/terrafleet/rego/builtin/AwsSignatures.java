package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code providers.aws.sign_req}: AWS Signature Version 4 on a request as {@code http.send} takes it. */
final class AwsSignatures {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> CREDENTIALS =
            List.of("aws_access_key", "aws_secret_access_key", "aws_region", "aws_service");
    private static final Set<String> UNSIGNED = Set.of("authorization", "user-agent", "x-amzn-trace-id");
    private static final Set<String> HASHED_SERVICES = Set.of("s3", "glacier");

    private AwsSignatures() {}

    static void register(Builtins.Registry registry) {
        registry.add("providers.aws.sign_req", 3, AwsSignatures::sign);
    }

    private static Value sign(Operands o) {
        ObjectValue request = o.object(0);
        ObjectValue config = o.object(1);
        demand(o, 0, request, List.of("method", "url"), "request parameters(s)");
        demand(o, 1, config, CREDENTIALS, "AWS config parameters(s)");
        Value session = config.get("aws_session_token");
        if (session != null && !(session instanceof StringValue)) {
            throw o.type(1, "invalid value for 'aws_session_token' in AWS config");
        }
        Value unsigned = config.get("disable_payload_signing");
        if (unsigned != null && !(unsigned instanceof BoolValue)) {
            throw o.type(1, "invalid value for 'disable_payload_signing' in AWS config");
        }
        NumberValue nanos = o.number(2);
        if (!nanos.isLong() || nanos.longValue() < 0) {
            throw o.type(2, "could not convert time_ns value into a unix timestamp");
        }
        return signed(o, request, config, STAMP.format(Instant.EPOCH.plusNanos(nanos.longValue())));
    }

    private static void demand(Operands o, int index, ObjectValue object, List<String> names, String what) {
        SetValue missing = those(names, name -> object.get(name) == null);
        if (missing.size() > 0) {
            throw o.type(index, "missing required " + what + ": " + missing);
        }
        SetValue invalid = those(names, name -> !(object.get(name) instanceof StringValue));
        if (invalid.size() > 0) {
            throw o.type(index, "invalid values for required " + what + ": " + invalid);
        }
    }

    private static SetValue those(List<String> names, Predicate<String> condition) {
        return SetValue.of(
                names.stream().filter(condition).map(StringValue::new).toList());
    }

    private static String text(ObjectValue object, String name) {
        return object.get(name) instanceof StringValue s ? s.value() : "";
    }

    private static Value signed(Operands o, ObjectValue request, ObjectValue config, String stamp) {
        URI url = url(o, text(request, "url"));
        boolean unsigned = BoolValue.TRUE.equals(config.get("disable_payload_signing"));
        String hash = unsigned ? "UNSIGNED-PAYLOAD" : sha256(body(request));
        Map<String, String> own = new TreeMap<>();
        own.put("host", url.getAuthority());
        own.put("x-amz-date", stamp);
        if (unsigned || HASHED_SERVICES.contains(text(config, "aws_service"))) {
            own.put("x-amz-content-sha256", hash);
        }
        if (config.get("aws_session_token") != null) {
            own.put("x-amz-security-token", text(config, "aws_session_token"));
        }
        ObjectValue given = request.get("headers") instanceof ObjectValue headers ? headers : ObjectValue.EMPTY;
        Map<String, String> signing = new TreeMap<>(own);
        for (Value key : given.keys()) {
            String name = key instanceof StringValue s ? s.value().toLowerCase(Locale.ROOT) : "";
            if (!UNSIGNED.contains(name) && given.get(key) instanceof StringValue value) {
                signing.put(name, value.value());
            }
        }
        StringBuilder canonical = new StringBuilder(text(request, "method").toUpperCase(Locale.ROOT))
                .append('\n')
                .append(url.getRawPath() == null ? "" : url.getRawPath())
                .append('\n')
                .append(url.getRawQuery() == null ? "" : url.getRawQuery())
                .append('\n');
        signing.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signing.keySet());
        canonical.append('\n').append(names).append('\n').append(hash);
        Map<Value, Value> headers = Objects.map(given);
        own.forEach((name, value) -> headers.put(Value.of(name), Value.of(value)));
        headers.put(Value.of("Authorization"), Value.of(authorization(config, stamp, names, canonical.toString())));
        Map<Value, Value> answer = new HashMap<>(Objects.map(request));
        answer.put(Value.of("headers"), ObjectValue.of(headers));
        return ObjectValue.of(answer);
    }

    private static URI url(Operands o, String text) {
        try {
            URI url = new URI(text);
            if (url.getAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw o.type(0, "invalid url: " + e.getReason());
        }
        throw o.type(0, "invalid url: it has no host");
    }

    private static byte[] body(ObjectValue request) {
        Value raw = request.get("raw_body");
        Value body = request.get("body");
        return Encodings.utf8(raw instanceof StringValue s ? s.value() : body == null ? "" : body.toJson());
    }

    private static String authorization(ObjectValue config, String stamp, String names, String canonical) {
        String date = stamp.substring(0, 8);
        String scope = date + "/" + text(config, "aws_region") + "/" + text(config, "aws_service") + "/aws4_request";
        byte[] key = Encodings.utf8("AWS4" + text(config, "aws_secret_access_key"));
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + sha256(Encodings.utf8(canonical));
        return "AWS4-HMAC-SHA256 Credential=" + text(config, "aws_access_key") + "/" + scope + ",SignedHeaders=" + names
                + ",Signature=" + Encodings.hex(mac(key, toSign));
    }

    private static String sha256(byte[] bytes) {
        try {
            return Encodings.hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(Encodings.utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

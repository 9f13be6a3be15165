package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where pods may go, as whom they are known and whom they trust. */
record PodPlacement(
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Optional<String> priorityClass,
        Optional<String> serviceAccount,
        Optional<String> caBundle) {
    private static final String KEY = "(?:[a-z0-9][a-z0-9.-]{0,252}/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
    private static final String VALUE = "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?";
    private static final Pattern LABEL = Pattern.compile("(" + KEY + ")=(" + VALUE + ")");
    private static final Pattern TAINT =
            Pattern.compile("(" + KEY + ")(=" + VALUE + ")?(?::(NoSchedule|PreferNoSchedule|NoExecute))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

    PodPlacement {
        priorityClass.ifPresent(name -> named("priority-class", name));
        serviceAccount.ifPresent(name -> named("service-account", name));
        caBundle.ifPresent(name -> named("ca-bundle", name));
    }

    static PodPlacement of(
            List<String> nodeSelector,
            List<String> tolerations,
            Optional<String> priorityClass,
            Optional<String> serviceAccount,
            Optional<String> caBundle) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String text : nodeSelector) {
            Matcher label = LABEL.matcher(text);
            if (!label.matches()) {
                throw new IllegalArgumentException("\"" + text + "\" of node-selector is not a label, key=value");
            }
            labels.put(label.group(1), label.group(2));
        }
        List<Toleration> tolerated = new ArrayList<>();
        for (String text : tolerations) {
            tolerated.add(toleration(text));
        }
        return new PodPlacement(Map.copyOf(labels), List.copyOf(tolerated), priorityClass, serviceAccount, caBundle);
    }

    private static Toleration toleration(String text) {
        Matcher taint = TAINT.matcher(text);
        if (!taint.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" of tolerations is not a taint, key=value:Effect, key:Effect or key");
        }
        String value = taint.group(2);
        TolerationBuilder builder = new TolerationBuilder()
                .withKey(taint.group(1))
                .withEffect(taint.group(3))
                .withOperator(value == null ? "Exists" : "Equal");
        return (value == null ? builder : builder.withValue(value.substring(1))).build();
    }

    /** A name that Kubernetes can have. */
    static String named(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    key + " \"" + name + "\" is not a Kubernetes name: lower-case letters, digits, - and .");
        }
        return name;
    }
}

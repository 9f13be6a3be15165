package io.terrafleet.worker.pod;

import io.terrafleet.worker.release.Version;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The images of a pod.
 *
 * @param runner drives terraform
 * @param terraform holds the binary; may contain {@value #VERSION}
 * @param tofu holds the binary; may contain {@value #VERSION}
 * @param terraformPath absolute path of the binary in its image
 * @param tofuPath absolute path of the binary in its image
 * @param binary {@value #COPY} or {@value #MOUNT}
 * @param pullPolicy as Kubernetes spells it
 * @param pullSecrets names of Secrets
 */
record PodImages(
        String runner,
        String terraform,
        String tofu,
        String terraformPath,
        String tofuPath,
        String binary,
        String pullPolicy,
        List<String> pullSecrets) {
    static final String VERSION = "{version}";
    static final String COPY = "copy";
    static final String MOUNT = "mount";

    private static final Set<String> POLICIES = Set.of("IfNotPresent", "Always", "Never");

    /** Registry and path, then a tag, a digest or both (the grammar of distribution/reference, somewhat simplified). */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*(?::[0-9]{1,5})?"
            + "(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    private static final int LONGEST = 255;

    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._-]+)+");

    PodImages {
        for (String image : List.of(runner, terraform, tofu)) {
            String sample = image.replace(VERSION, "1.2.3");
            if (sample.length() > LONGEST || !REFERENCE.matcher(sample).matches()) {
                throw new IllegalArgumentException("\"" + image + "\" is not the name of an image, as"
                        + " registry.example.com/team/image:tag is; " + VERSION + " may stand for the version");
            }
        }
        for (String path : List.of(terraformPath, tofuPath)) {
            if (!PATH.matcher(path).matches()) {
                throw new IllegalArgumentException(
                        "\"" + path + "\" is not an absolute path of letters, digits, . _ -");
            }
        }
        if (!Set.of(COPY, MOUNT).contains(binary)) {
            throw new IllegalArgumentException("\"" + binary + "\" is no way for the binary to get into a pod: " + COPY
                    + " and " + MOUNT + " are");
        }
        if (!POLICIES.contains(pullPolicy)) {
            throw new IllegalArgumentException(
                    "\"" + pullPolicy + "\" is no pull policy: IfNotPresent, Always and Never are");
        }
    }

    /** @param engine {@code terraform} or {@code tofu} */
    String of(String engine, Version version) {
        return (isTofu(engine) ? tofu : terraform).replace(VERSION, version.toString());
    }

    /** In its image. */
    String pathOf(String engine) {
        return isTofu(engine) ? tofuPath : terraformPath;
    }

    /** Whether the image itself is a volume of the pod; else a container copies the binary out of it. */
    boolean mounted() {
        return binary.equals(MOUNT);
    }

    /** Where the runner finds the binary. */
    String pathFor(String engine, PodPaths paths) {
        return mounted() ? paths.bin() + pathOf(engine) : paths.binary();
    }

    private static boolean isTofu(String engine) {
        return engine.equals("tofu");
    }
}

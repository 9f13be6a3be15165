package io.terrafleet.testkit.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the paths of a container are on this machine, and how what it reads has to be changed for that.
 *
 * @param root a directory that stands for the container's root; empty when its paths are this machine's
 * @param paths all that are not the image's own
 */
record PodRoot(Optional<Path> root, List<String> paths) {
    static PodRoot of(Container container, Optional<Path> root) {
        List<String> paths = Stream.concat(
                        container.getVolumeMounts().stream().map(VolumeMount::getMountPath),
                        Stream.ofNullable(container.getTerminationMessagePath()))
                .toList();
        return new PodRoot(root, paths);
    }

    Path place(String path) {
        return Path.of(root.map(Path::toString).orElse("") + path);
    }

    /** An argument, or the value of a variable. */
    String inWord(String word) {
        return changed(word, "^");
    }

    /** JSON or terraform's own language: what stands in quotes. */
    byte[] inDocument(byte[] content) {
        return root.isEmpty()
                ? content
                : changed(new String(content, StandardCharsets.UTF_8), "\"").getBytes(StandardCharsets.UTF_8);
    }

    /** In one go, since the root itself may begin as one of the paths does. */
    private String changed(String text, String before) {
        if (root.isEmpty()) {
            return text;
        }
        String any = paths.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(" + before + ")(" + any + ")(?=[/\"]|$)")
                .matcher(text)
                .replaceAll("$1" + Matcher.quoteReplacement(root.get().toString()) + "$2");
    }
}

package io.terrafleet.worker.pod;

import io.terrafleet.runner.Assignment;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where terraform in a pod has its providers from.
 *
 * @param file the text of a whole CLI configuration, which says so instead
 * @param networkMirror base URL, with a slash at its end
 * @param volume claim of the pods' namespace with providers in it, as {@code terraform providers mirror} lays them out
 */
record ProviderSource(Optional<String> file, Optional<String> networkMirror, Optional<String> volume) {
    private static final Pattern HTTPS = Pattern.compile("https://[A-Za-z0-9._~:/?#@!&'*+,;=%-]+");

    ProviderSource {
        volume.ifPresent(claim -> PodPlacement.named("plugin-volume", claim));
    }

    /** @throws IOException when the CLI configuration cannot be read */
    static ProviderSource of(PodConfig config) throws IOException {
        Optional<String> file = config.cliConfig().isPresent()
                ? Optional.of(Files.readString(config.cliConfig().get(), StandardCharsets.UTF_8))
                : Optional.empty();
        return new ProviderSource(file, config.networkMirror().map(ProviderSource::checked), config.pluginVolume());
    }

    private static String checked(URI uri) {
        String url = uri.toString();
        if (!HTTPS.matcher(url).matches()) {
            throw new IllegalArgumentException("terrafleet.worker.pod.network-mirror must be an https URL");
        }
        return url.endsWith("/") ? url : url + "/";
    }

    /** The same with a volume of a pool's own. */
    ProviderSource with(Optional<String> volumeOfPool) {
        return new ProviderSource(file, networkMirror, volumeOfPool.or(() -> volume));
    }

    /** terraform's CLI configuration, where it can be said before anybody has seen the volume. */
    Optional<String> cliConfiguration() {
        if (file.isPresent() || volume.isPresent()) {
            return file;
        }
        return networkMirror.map(
                url -> "provider_installation {\n  network_mirror {\n    url = \"" + url + "\"\n  }\n}\n");
    }

    /** What is on the volume is linked from there, as the runner finds it; what is not is asked of the mirror or of the registries. */
    Optional<Assignment.Plugins> plugins(PodPaths paths) {
        return file.isPresent()
                ? Optional.empty()
                : volume.map(claim -> new Assignment.Plugins(paths.plugins(), networkMirror));
    }
}

package io.terrafleet.standalone;

import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.Reach;
import io.terrafleet.standalone.platform.Reach.Encryption;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how people and clients reach a platform. */
final class ReachOptions {
    @Option(
            names = "--tls",
            description = "Speak HTTPS, with a certificate of an authority that is made for this data directory."
                    + " What to trust is printed.")
    boolean tls;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Speak HTTPS with this certificate: PEM, the server's first, then those up to its authority.")
    @Nullable
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's key: PEM, without a password.")
    @Nullable
    Path key;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where people and clients reach it, when that is not where it listens: behind a reverse proxy.")
    @Nullable
    URI url;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Address or network of a reverse proxy whose X-Forwarded-* headers are believed; with --url.")
    List<String> trustedProxies = List.of();

    Reach reach() {
        if (url != null
                && (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme())))) {
            throw new PlatformUnusable("--url " + url + " must be an address such as https://terrafleet.example.com.");
        }
        if (!trustedProxies.isEmpty() && url == null) {
            throw new PlatformUnusable("--trusted-proxy needs --url: where people reach the proxy.");
        }
        return new Reach(encryption(), Optional.ofNullable(url), List.copyOf(trustedProxies));
    }

    private Encryption encryption() {
        if (certificate == null && key == null) {
            return tls ? new Encryption.OwnAuthority() : new Encryption.None();
        }
        if (certificate == null || key == null || tls) {
            throw new PlatformUnusable(
                    "HTTPS needs either --tls alone, or both --tls-certificate and --tls-key without --tls.");
        }
        return new Encryption.Given(certificate, key);
    }
}

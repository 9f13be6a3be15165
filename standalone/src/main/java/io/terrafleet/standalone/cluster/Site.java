package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An installation in a cluster and the way to its API: an address that was given, or a forwarded port.
 *
 * @param services namespace of the four services
 * @param runs namespace of the run pods
 */
public record Site(Kubectl kubectl, String services, String runs, URI url, String token, Optional<Process> forwarding)
        implements AutoCloseable {
    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+)");

    /** @param url of the API, when no port is to be forwarded */
    public static Site of(Kubectl kubectl, String services, String runs, @Nullable URI url, @Nullable String token) {
        String admin = token == null ? adminToken(kubectl, services) : token;
        if (url != null) {
            return new Site(kubectl, services, runs, url, admin, Optional.empty());
        }
        Process process = kubectl.goesOn("-n", services, "port-forward", "svc/api-service", ":8081");
        return new Site(kubectl, services, runs, forwarded(process, services), admin, Optional.of(process));
    }

    private static String adminToken(Kubectl kubectl, String services) {
        Kubectl.Said secret = kubectl.says("-n", services, "get", "secret", "terrafleet", "-o", "json");
        if (!secret.well()) {
            throw new PlatformUnusable("The Secret terrafleet in the namespace " + services + " cannot be read: "
                    + secret.errors().strip() + "\nInstall first (docs/operations/install.md, or --install), or give"
                    + " --url and --token.");
        }
        JsonNode data = kubectl.get("-n", services, "secret", "terrafleet").path("data");
        return new String(Base64.getDecoder().decode(data.path("admin-token").asText()), StandardCharsets.UTF_8);
    }

    private static URI forwarded(Process process, String services) {
        try {
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                Matcher port = FORWARDING.matcher(line);
                if (port.find()) {
                    return URI.create("http://127.0.0.1:" + port.group(1));
                }
            }
        } catch (IOException e) {
            process.destroy();
            throw new PlatformUnusable("no port of the api-service can be forwarded: " + e.getMessage(), e);
        }
        throw new PlatformUnusable("No port of svc/api-service in " + services
                + " can be forwarded. Is it there and ready? kubectl -n " + services + " get pods");
    }

    @Override
    public void close() {
        forwarding.ifPresent(Process::destroy);
    }
}

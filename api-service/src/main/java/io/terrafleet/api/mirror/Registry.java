package io.terrafleet.api.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One registry, asked by the provider registry protocol (https://developer.hashicorp.com/terraform/internals/provider-registry-protocol). */
final class Registry {
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z.+-]{1,80}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,32}");
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})\\s+\\*?(\\S{1,200})");
    private static final int MOST_VERSIONS = 5_000;
    private static final int MOST_PLATFORMS = 64;

    private final URI base;
    private final Downloads downloads;

    /** @param base of its addresses, for example {@code https://registry.terraform.io/} */
    Registry(URI base, Downloads downloads) {
        this.base = base;
        this.downloads = downloads;
    }

    /** Empty when there is no such provider. */
    Optional<Listing> listing(ProviderAddress provider) throws RegistryAway {
        Optional<JsonNode> answer = json(at(provider, "versions"));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> versions = new LinkedHashMap<>();
        for (JsonNode version : answer.get().path("versions")) {
            String number = version.path("version").asText();
            if (NUMBER.matcher(number).matches() && versions.size() < MOST_VERSIONS) {
                versions.put(number, platforms(version.path("platforms")));
            }
        }
        return Optional.of(new Listing(versions));
    }

    private static List<String> platforms(JsonNode list) {
        List<String> platforms = new ArrayList<>();
        for (JsonNode platform : list) {
            String os = platform.path("os").asText();
            String arch = platform.path("arch").asText();
            if (WORD.matcher(os).matches() && WORD.matcher(arch).matches() && platforms.size() < MOST_PLATFORMS) {
                platforms.add(os + "_" + arch);
            }
        }
        return platforms;
    }

    /** The checksums of all archives of a version, as its publisher says them. */
    Packages packages(ProviderAddress provider, String version, List<String> platforms) throws RegistryAway {
        JsonNode one = download(provider, version, platforms.getFirst());
        String sums = new String(
                downloads
                        .read(address(one, "shasums_url"), base)
                        .orElseThrow(() -> new RegistryAway(base + " has no checksums of " + provider + " " + version)),
                StandardCharsets.US_ASCII);
        Map<String, String> archives = new TreeMap<>();
        sums.lines()
                .map(line -> SUM.matcher(line.strip()))
                .filter(Matcher::matches)
                .forEach(sum -> platforms.stream()
                        .filter(platform -> sum.group(2).endsWith("_" + platform + ".zip"))
                        .forEach(platform -> archives.put(platform, sum.group(1))));
        if (archives.isEmpty()) {
            throw new RegistryAway("the checksums of " + provider + " " + version + " at " + base + " name no archive");
        }
        return new Packages(archives);
    }

    /** Downloads an archive; the caller checks what came. */
    void fetch(ProviderAddress provider, String version, String platform, Path into) throws RegistryAway {
        downloads.download(address(download(provider, version, platform), "download_url"), base, into);
    }

    private JsonNode download(ProviderAddress provider, String version, String platform) throws RegistryAway {
        String path = version + "/download/" + platform.replaceFirst("_", "/");
        return json(at(provider, path))
                .orElseThrow(() -> new RegistryAway(base + " has no " + provider + " " + version + " for " + platform));
    }

    private URI address(JsonNode download, String name) throws RegistryAway {
        String text = download.path(name).asText();
        try {
            return base.resolve(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryAway(base + " names something as " + name + " that is no address", e);
        }
    }

    private URI at(ProviderAddress provider, String path) throws RegistryAway {
        JsonNode services = json(base.resolve("/.well-known/terraform.json"))
                .orElseThrow(() -> new RegistryAway(base + " does not say where its providers are"));
        String providers = services.path("providers.v1").asText();
        try {
            if (!providers.isEmpty()) {
                String folder = providers.endsWith("/") ? providers : providers + "/";
                return base.resolve(folder).resolve(provider.namespace() + "/" + provider.type() + "/" + path);
            }
        } catch (IllegalArgumentException e) {
            throw new RegistryAway(base + " names something as providers.v1 that is no address", e);
        }
        throw new RegistryAway(base + " has no providers");
    }

    private Optional<JsonNode> json(URI address) throws RegistryAway {
        Optional<byte[]> answer = downloads.read(address, base);
        try {
            return answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.mapper().readTree(answer.get()));
        } catch (JsonProcessingException e) {
            throw new RegistryAway("what " + address.getHost() + " answers is no JSON", e);
        } catch (java.io.IOException e) {
            throw new RegistryAway("what " + address.getHost() + " answers cannot be read", e);
        }
    }
}

package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the region of a resource: its own, its provider's, the one in its ARN or zone, or else a stated assumption. */
final class Regions {
    static final String ASSUMED = "us-east-1";
    private static final Pattern SAID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");

    /** @param assumption why this region was taken, when the plan does not say it */
    record Region(String name, Optional<String> assumption) {}

    private final Configuration configuration;
    private final References references;
    private final Map<String, String> ofProvider = new HashMap<>();

    Regions(Configuration configuration, References references) {
        this.configuration = configuration;
        this.references = references;
    }

    /** @param block the resource in the configuration; a missing node when it is gone */
    Region of(PlannedResource resource, JsonNode block) {
        String type = resource.change().type();
        if (type.startsWith("google_")) {
            return google(resource, block);
        }
        if (type.startsWith("azurerm_")) {
            return azure(resource, block);
        }
        @Nullable String providerKey = block.path("provider_config_key").textValue();
        String found = own(resource.values().path("region"));
        if (found.isEmpty()) {
            found = ofProvider.computeIfAbsent(providerKey == null ? "aws" : providerKey, this::provider);
        }
        if (found.isEmpty() || providerKey == null) {
            found = firstKnown(
                    arn(resource.values().path("arn")), zone(resource.values().path("availability_zone")), found);
        }
        return found.isEmpty() ? assumed(ASSUMED) : new Region(found, Optional.empty());
    }

    private static Region assumed(String region) {
        return new Region(region, Optional.of("the plan does not say the region; assumed " + region));
    }

    /** Google's resources have a region, a zone in one, or a location that is either or a continent. */
    private Region google(PlannedResource resource, JsonNode block) {
        JsonNode values = resource.values();
        String key = block.path("provider_config_key").asText("google");
        String found = firstKnown(
                plain(values.path("region")),
                withoutZone(plain(values.path("zone"))),
                withoutZone(plain(values.path("location"))),
                plain(said(key, "region")),
                withoutZone(plain(said(key, "zone"))));
        return found.isEmpty() ? assumed("us-central1") : new Region(found, Optional.empty());
    }

    /** Azure's have a location, or belong to something that has one. */
    private Region azure(PlannedResource resource, JsonNode block) {
        String found = location(resource.values());
        for (JsonNode expression : block.path("expressions")) {
            for (PlannedResource other : found.isEmpty()
                    ? references.resources(expression, resource.module())
                    : List.<PlannedResource>of()) {
                found = found.isEmpty() ? location(other.values()) : found;
            }
        }
        return found.isEmpty() ? assumed("eastus") : new Region(found, Optional.empty());
    }

    /** {@code West Europe} and {@code westeurope} are the same place. */
    private static String location(JsonNode values) {
        return plain(values.path("location")).replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private JsonNode said(String providerKey, String attribute) {
        JsonNode block = configuration.provider(providerKey);
        return references.constant(
                block.path("expressions").path(attribute),
                block.path("module_address").asText(""));
    }

    /** The last step of an address or the word itself. */
    private static String plain(JsonNode value) {
        String text = value.asText("");
        String last = text.substring(text.lastIndexOf('/') + 1);
        return last.length() <= 40 ? last : "";
    }

    private static String withoutZone(String name) {
        return name.matches("[a-z]+-[a-z]+\\d+-[a-z]") ? name.substring(0, name.length() - 2) : name;
    }

    private String provider(String key) {
        JsonNode block = configuration.provider(key);
        if (block.isMissingNode()) {
            block = configuration.provider("aws");
        }
        String module = block.path("module_address").asText("");
        return own(references.constant(block.path("expressions").path("region"), module));
    }

    /** As it is said, known or not: what is sold nowhere has no price, and is marked so. */
    private static String own(JsonNode value) {
        return value.isTextual() && SAID.matcher(value.textValue()).matches() ? value.textValue() : "";
    }

    private static String arn(JsonNode value) {
        List<String> parts = value.isTextual() ? List.of(value.textValue().split(":", 6)) : List.of();
        return parts.size() == 6 && REGION.matcher(parts.get(3)).matches() ? parts.get(3) : "";
    }

    private static String zone(JsonNode value) {
        String zone = value.asText("");
        String region = zone.isEmpty() ? "" : zone.substring(0, zone.length() - 1);
        return REGION.matcher(region).matches() ? region : "";
    }

    private static String firstKnown(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}

package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.ResourceChange;
import io.terrafleet.cost.price.PriceBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All managed resources as they are before the plan, or as it would leave them. */
public final class PlanSide {
    private static final List<String> IDENTITIES = List.of(
            "id", "arn", "name", "identifier", "cluster_identifier", "replication_group_id", "key_id", "family");

    private final Configuration configuration;
    private final Regions regions;
    private final References references;
    private final Map<String, List<PlannedResource>> byPlace = new HashMap<>();
    private final Map<String, List<PlannedResource>> byConfiguration = new HashMap<>();
    private final Map<String, List<PlannedResource>> byType = new HashMap<>();
    private final Map<String, Map<String, List<PlannedResource>>> referrers = new HashMap<>();
    private final Map<String, Map<String, List<PlannedResource>>> holders = new HashMap<>();
    private @Nullable Map<String, PlannedResource> byIdentity;

    private final UsageFile usage;

    private PlanSide(Configuration configuration, UsageFile usage, List<PlannedResource> resources) {
        this.configuration = configuration;
        this.usage = usage;
        this.references = new References(configuration, this);
        this.regions = new Regions(configuration, references);
        for (PlannedResource resource : resources) {
            byPlace.computeIfAbsent(resource.place(), place -> new ArrayList<>(1))
                    .add(resource);
            byType.computeIfAbsent(resource.change().type(), type -> new ArrayList<>())
                    .add(resource);
            byConfiguration
                    .computeIfAbsent(resource.configured(), place -> new ArrayList<>(1))
                    .add(resource);
        }
    }

    /** What there is before the plan: state and what the plan imports. */
    public static PlanSide before(PlanDocument plan, UsageFile usage) {
        return new PlanSide(
                new Configuration(plan),
                usage,
                plan.resourceChanges().stream()
                        .filter(PlanSide::existsBefore)
                        .map(PlannedResource::before)
                        .toList());
    }

    /** What there is after an apply. */
    public static PlanSide after(PlanDocument plan, UsageFile usage) {
        return new PlanSide(
                new Configuration(plan),
                usage,
                plan.resourceChanges().stream()
                        .filter(PlanSide::existsAfter)
                        .map(PlannedResource::after)
                        .toList());
    }

    public static boolean existsBefore(ResourceChange change) {
        return change.managed() && change.before().isObject();
    }

    /** A resource that terraform forgets lives on, but no longer in this workspace. */
    public static boolean existsAfter(ResourceChange change) {
        return change.managed() && change.existsAfter() && change.after().isObject();
    }

    /** The resource as its pricer sees it; notes go to {@code bill}. */
    public Resource resource(PlannedResource planned, Bill bill) {
        JsonNode block = configuration.resource(planned.configured());
        Regions.Region region = regions.of(planned, block);
        region.assumption().ifPresent(bill::assume);
        return new Resource(new Scope(this, planned, bill), block.path("expressions"), region.name());
    }

    Usage usage(ResourceChange change) {
        return usage.of(change.address(), change.type());
    }

    References references() {
        return references;
    }

    /** The instances of a resource in one instance of a module, or in all of them when the address does not say which. */
    List<PlannedResource> instances(String module, String type, String name) {
        String place = Addresses.join(module, type + "." + name);
        List<PlannedResource> exact = byPlace.get(place);
        if (exact != null) {
            return exact;
        }
        String plain = Addresses.withoutIndexes(place);
        return byConfiguration.getOrDefault(plain, List.of()).stream()
                .filter(resource -> resource.module().startsWith(module))
                .toList();
    }

    /** All resources of a type, in no order. */
    List<PlannedResource> ofType(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /**
     * The resources of a type whose attribute refers to the target. Looked up: everybody's references are followed once, not once for
     * every target.
     */
    List<PlannedResource> referrers(String type, String attribute, PlannedResource target, PriceBook book) {
        String targets = target.change().type();
        return referrers
                .computeIfAbsent(type + " " + attribute + " " + targets, key -> {
                    Map<String, List<PlannedResource>> byTarget = new HashMap<>();
                    for (PlannedResource candidate : ofType(type)) {
                        resource(candidate, new Bill(book))
                                .linked(attribute, targets)
                                .ifPresent(found -> byTarget.computeIfAbsent(
                                                found.address(), address -> new ArrayList<>(1))
                                        .add(candidate));
                    }
                    return byTarget;
                })
                .getOrDefault(target.change().address(), List.of());
    }

    /** The resources of a type whose attribute is this text. */
    List<PlannedResource> holding(String type, String attribute, String text) {
        return holders.computeIfAbsent(type + " " + attribute, key -> {
                    Map<String, List<PlannedResource>> byText = new HashMap<>();
                    for (PlannedResource candidate : ofType(type)) {
                        JsonNode value = candidate.values().path(attribute);
                        if (value.isTextual()) {
                            byText.computeIfAbsent(value.textValue(), same -> new ArrayList<>(1))
                                    .add(candidate);
                        }
                    }
                    return byText;
                })
                .getOrDefault(text, List.of());
    }

    /** The resource of one of the types whose id, ARN, name or identifier this is. */
    Optional<PlannedResource> named(String identity, String... types) {
        Map<String, PlannedResource> known = byIdentity == null ? identities() : byIdentity;
        for (String type : types) {
            PlannedResource resource = known.get(type + " " + identity);
            if (resource != null) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    private Map<String, PlannedResource> identities() {
        Map<String, PlannedResource> known = new HashMap<>();
        for (List<PlannedResource> list : byPlace.values()) {
            for (PlannedResource resource : list) {
                for (String identity : IDENTITIES) {
                    JsonNode value = resource.values().path(identity);
                    if (value.isTextual()) {
                        known.putIfAbsent(resource.change().type() + " " + value.textValue(), resource);
                    }
                }
            }
        }
        byIdentity = known;
        return known;
    }
}

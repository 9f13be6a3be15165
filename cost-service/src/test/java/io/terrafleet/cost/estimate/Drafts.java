package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.resource.UsageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Small plans written by hand: {@code draft().create("aws_ebs_volume", "data", "{'size': 10}")}; single quotes will do. */
public final class Drafts {
    private static final Estimator ESTIMATOR = new Estimator(PriceBook.shipped());
    private final ObjectNode root = Json.mapper().createObjectNode();
    private final ArrayNode changes = root.putArray("resource_changes");

    private Drafts() {
        root.put("format_version", "1.2");
        region("us-east-1");
    }

    public static Drafts draft() {
        return new Drafts();
    }

    /** The monthly cost of one new resource of this type, as text without trailing zeros. */
    public static String monthly(String type, String values) {
        return draft().create(type, "it", values)
                .only()
                .proposed()
                .monthly()
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The region of the provider; an expression when it begins with a brace. */
    public Drafts region(String region) {
        ObjectNode provider = root.withObject("/configuration/provider_config/aws/expressions");
        provider.set("region", json(region.startsWith("{") ? region : "{'constant_value': '" + region + "'}"));
        return this;
    }

    /** The configuration of a resource: its expressions. */
    public Drafts configured(String type, String name, String expressions) {
        ObjectNode resource = root.withObject("/configuration/root_module")
                .withArray("resources")
                .addObject();
        resource.put("mode", "managed").put("type", type).put("name", name).put("provider_config_key", "aws");
        resource.set("expressions", json(expressions));
        return this;
    }

    public Drafts create(String type, String name, String values) {
        return create(type, name, values, "{}");
    }

    public Drafts create(String type, String name, String values, String unknown) {
        return change(type, name, List.of("create"), null, values, unknown);
    }

    public Drafts change(
            String type,
            String name,
            List<String> actions,
            @org.jspecify.annotations.Nullable String before,
            @org.jspecify.annotations.Nullable String after,
            String unknown) {
        ObjectNode entry = changes.addObject();
        entry.put("address", type + "." + name)
                .put("mode", "managed")
                .put("type", type)
                .put("name", name);
        entry.put("provider_name", "registry.terraform.io/hashicorp/aws");
        ObjectNode change = entry.putObject("change");
        actions.forEach(change.withArray("actions")::add);
        change.set("before", before == null ? Json.mapper().nullNode() : json(before));
        change.set("after", after == null ? Json.mapper().nullNode() : json(after));
        change.set("after_unknown", json(unknown));
        return this;
    }

    /** The last resource as imported, or whatever the document says more of it. */
    public Drafts with(String member, String value) {
        ((ObjectNode) changes.get(changes.size() - 1)).set(member, json(value));
        return this;
    }

    public Estimate estimate() {
        return ESTIMATOR.estimate(Plans.parse(Json.write(root)));
    }

    public Estimate estimate(PriceBook book) {
        return new Estimator(book).estimate(Plans.parse(Json.write(root)));
    }

    public Estimate estimate(PriceBook book, UsageFile usage) {
        return new Estimator(book).estimate(Plans.parse(Json.write(root)), usage);
    }

    public Estimate estimate(UsageFile usage) {
        return ESTIMATOR.estimate(Plans.parse(Json.write(root)), usage);
    }

    public ResourceEstimate only() {
        return estimate().resources().getFirst();
    }

    public ResourceEstimate at(String address) {
        return estimate().resource(address).orElseThrow(() -> new AssertionError("no " + address));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.terrafleet.contracts.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan, format version 1.x (https://developer.hashicorp.com/terraform/internals/json-format). Unknown members are kept in
 * {@link #root()} and otherwise ignored, as the format's compatibility promise asks.
 *
 * @param root the whole document
 * @param errored planning failed half way: the document says what was planned until then
 * @param complete false when something was deferred or targeted away; terraform before 1.8 does not say and counts as complete
 */
public record PlanDocument(
        JsonNode root,
        String formatVersion,
        String terraformVersion,
        boolean errored,
        boolean complete,
        List<ResourceChange> resourceChanges,
        List<ResourceChange> resourceDrift) {
    /** A document larger than this, in bytes, is refused. */
    public static final long MOST_BYTES = 268_435_456;

    /** A document of many small values takes up to about this many times its length while it is read and looked through. */
    private static final int ROOM = 16;

    /** Resources beyond this number are refused. */
    public static final int MOST_RESOURCES = 200_000;

    /**
     * The longest document, in bytes, that a process should take up: what it then makes of it has to fit in the heap beside all else.
     *
     * @param heap the most that the heap may grow to, in bytes
     */
    public static long mostFor(long heap) {
        return Math.min(MOST_BYTES, heap / ROOM);
    }

    public static PlanDocument parse(byte[] json) throws PlanUnreadable {
        if (json.length > MOST_BYTES) {
            throw new PlanUnreadable("the plan is " + json.length + " bytes long; at most " + MOST_BYTES + " are read");
        }
        try {
            return of(Json.mapper().readTree(json));
        } catch (JacksonException e) {
            throw PlanUnreadable.notJson(e);
        } catch (IOException e) {
            throw new PlanUnreadable("the plan cannot be read", e);
        }
    }

    public static PlanDocument of(JsonNode root) throws PlanUnreadable {
        if (!root.isObject()) {
            throw new PlanUnreadable("the plan must be a JSON object");
        }
        String format = root.path("format_version").asText("");
        if (!format.equals("1") && !format.startsWith("1.")) {
            throw new PlanUnreadable("format_version must be 1.x, not \"" + format + "\"");
        }
        return new PlanDocument(
                root,
                format,
                root.path("terraform_version").asText(""),
                root.path("errored").asBoolean(false),
                root.path("complete").asBoolean(true),
                changes(root, "resource_changes"),
                changes(root, "resource_drift"));
    }

    /** The configuration's root module; a missing node if the document has none. */
    public JsonNode configuration() {
        return root.path("configuration");
    }

    /** Whether an apply would do anything, outputs included. terraform 1.8 and newer say so themselves ({@code applyable}). */
    public boolean hasChanges() {
        JsonNode applyable = root.path("applyable");
        if (applyable.isBoolean()) {
            return applyable.asBoolean();
        }
        boolean resources = resourceChanges.stream()
                .anyMatch(change -> !change.noOp() && !change.word().equals("read"));
        return resources
                || root.path("output_changes")
                        .valueStream()
                        .anyMatch(output ->
                                !output.path("actions").path(0).asText("no-op").equals("no-op"));
    }

    private static List<ResourceChange> changes(JsonNode root, String member) throws PlanUnreadable {
        JsonNode list = root.path(member);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new PlanUnreadable(member + " must be an array");
        }
        if (list.size() > MOST_RESOURCES) {
            throw new PlanUnreadable(
                    member + " has " + list.size() + " entries; at most " + MOST_RESOURCES + " are read");
        }
        List<ResourceChange> changes = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            changes.add(change(list.get(i), member + "[" + i + "]"));
        }
        return List.copyOf(changes);
    }

    private static ResourceChange change(JsonNode entry, String where) throws PlanUnreadable {
        JsonNode change = entry.path("change");
        return new ResourceChange(
                text(entry, "address", where),
                optional(entry, "previous_address"),
                optional(entry, "module_address"),
                entry.path("mode").asText("managed"),
                text(entry, "type", where),
                text(entry, "name", where),
                entry.has("index") ? entry.get("index") : MissingNode.getInstance(),
                entry.path("provider_name").asText(""),
                optional(entry, "deposed"),
                actions(change, where),
                change.path("before"),
                change.path("after"),
                change.path("after_unknown"),
                change.path("before_sensitive"),
                change.path("after_sensitive"),
                change.path("importing").isObject());
    }

    private static List<String> actions(JsonNode change, String where) throws PlanUnreadable {
        JsonNode actions = change.path("actions");
        if (!actions.isArray() || actions.isEmpty() || actions.size() > 2) {
            throw new PlanUnreadable(where + ".change.actions must be an array of one or two words");
        }
        List<String> words = new ArrayList<>(2);
        for (JsonNode action : actions) {
            words.add(action.asText());
        }
        return List.copyOf(words);
    }

    private static String text(JsonNode entry, String member, String where) throws PlanUnreadable {
        JsonNode value = entry.path(member);
        if (!value.isTextual()) {
            throw new PlanUnreadable(where + "." + member + " must be a text");
        }
        return value.textValue();
    }

    private static Optional<String> optional(JsonNode entry, String member) {
        JsonNode value = entry.path(member);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }
}

package io.terrafleet.contracts.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code resource_changes} or {@code resource_drift}.
 *
 * @param mode {@code managed} or {@code data}
 * @param index the key of {@code count} or {@code for_each}: a number, a text, or a missing node
 * @param actions as terraform writes them: {@code ["no-op"]}, {@code ["create"]}, {@code ["read"]}, {@code ["update"]},
 *     {@code ["delete"]}, {@code ["forget"]}, {@code ["delete","create"]} or {@code ["create","delete"]}
 * @param before values before; a null node on create
 * @param after known values after; a null node on delete
 * @param afterUnknown the same shape with {@code true} wherever a value is known only after apply
 */
public record ResourceChange(
        String address,
        Optional<String> previousAddress,
        Optional<String> moduleAddress,
        String mode,
        String type,
        String name,
        JsonNode index,
        String providerName,
        Optional<String> deposed,
        List<String> actions,
        JsonNode before,
        JsonNode after,
        JsonNode afterUnknown,
        JsonNode beforeSensitive,
        JsonNode afterSensitive,
        boolean importing) {

    public boolean managed() {
        return mode.equals("managed");
    }

    public boolean noOp() {
        return actions.equals(List.of("no-op"));
    }

    /** Deleted and created again, in either order. */
    public boolean replaced() {
        return actions.size() == 2;
    }

    /** Whether the resource exists in the infrastructure after an apply. */
    public boolean existsAfter() {
        return !actions.equals(List.of("delete")) && !actions.equals(List.of("forget"));
    }

    /** The action in a word: {@code create}, {@code update}, {@code delete}, {@code replace}, {@code no-op}, {@code read} or {@code forget}. */
    public String word() {
        return replaced() ? "replace" : actions.getFirst();
    }
}

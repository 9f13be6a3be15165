package io.terrafleet.api.retention;

import java.util.Optional;

/**
 * How long old states are kept.
 *
 * @param id {@code drp-} and 16 letters or digits
 * @param days states that are older and not current are deleted; absent: nothing is ever deleted
 */
public record RetentionPolicy(String id, Optional<Integer> days) {}

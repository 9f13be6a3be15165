package io.terrafleet.api.policy;

/**
 * A value that a set's policies read as {@code data.params.KEY}.
 *
 * @param id {@code var-} and 16 letters or digits
 * @param value JSON; of a set that is not the library, other text too, which counts as a string; empty when it is sensitive
 * @param sensitive whether nobody but the judge may read it
 */
public record PolicyParameter(String id, String policySetId, String key, String value, boolean sensitive) {}

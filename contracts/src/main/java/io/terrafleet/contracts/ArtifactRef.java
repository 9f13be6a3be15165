package io.terrafleet.contracts;

import java.util.regex.Pattern;

/**
 * A large thing by reference: where the api-service keeps it and what it must hash to.
 *
 * @param id {@code art-} and 16 letters or digits
 * @param sha256 of the plain content, 64 hexadecimal digits in lower case
 * @param size in bytes, of the plain content
 */
public record ArtifactRef(String id, String sha256, long size) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ArtifactRef {
        Ids.require("art", id);
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits in lower case");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative");
        }
    }
}

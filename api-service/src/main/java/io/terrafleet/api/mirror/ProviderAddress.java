package io.terrafleet.api.mirror;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A provider by its full name (https://developer.hashicorp.com/terraform/internals/provider-network-mirror-protocol).
 *
 * @param host of its registry, in lower case
 */
record ProviderAddress(String host, String namespace, String type) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?");

    /** Empty when one of the names cannot be one. */
    static Optional<ProviderAddress> of(String host, String namespace, String type) {
        boolean named = HOST.matcher(host).matches()
                && NAME.matcher(namespace).matches()
                && NAME.matcher(type).matches();
        return named ? Optional.of(new ProviderAddress(host, namespace, type)) : Optional.empty();
    }

    /** @param pattern {@code HOST/NAMESPACE/TYPE}, {@code *} for any name */
    boolean fits(String pattern) {
        List<String> parts = List.of(pattern.split("/", -1));
        List<String> own = List.of(host, namespace, type);
        for (int i = 0; i < own.size(); i++) {
            if (!parts.get(i).equals("*") && !parts.get(i).equals(own.get(i))) {
                return false;
            }
        }
        return true;
    }

    static void requirePattern(String pattern) {
        if (pattern.split("/", -1).length != 3) {
            throw new IllegalArgumentException("terrafleet.mirror.providers: \"" + pattern
                    + "\" is not HOST/NAMESPACE/TYPE, as registry.terraform.io/hashicorp/* is");
        }
    }

    @Override
    public String toString() {
        return host + "/" + namespace + "/" + type;
    }
}

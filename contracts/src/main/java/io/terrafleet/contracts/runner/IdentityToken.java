package io.terrafleet.contracts.runner;

/**
 * A signed statement of which phase of which run somebody is, for one audience (a JSON Web Token, RFC 7519).
 *
 * @param kind {@code generic}, {@code aws}, {@code azure}, {@code gcp}, {@code vault}, {@code kubernetes} or {@code registry}
 * @param tag of one among several configurations of the kind; empty for the only or default one
 */
public record IdentityToken(String kind, String tag, String audience, String token) {
    @Override
    public String toString() {
        return "IdentityToken[" + kind + (tag.isEmpty() ? "" : " " + tag) + " for " + audience + "]";
    }
}

package io.terrafleet.policy.artifact;

/** What the api delivers is not what the reference promised, and trying again will not make it so. The message is for people. */
public final class ArtifactRefused extends Exception {
    public ArtifactRefused(String message) {
        super(message);
    }
}

package io.terrafleet.api.notification;

import java.util.Arrays;
import java.util.Optional;

/** Where notifications can go. */
public enum Destination {
    /** A JSON document that the TFE API's documentation describes, signed when there is a token. */
    GENERIC("generic"),
    SLACK("slack"),
    MICROSOFT_TEAMS("microsoft-teams"),
    EMAIL("email");

    private final String word;

    Destination(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Destination> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}

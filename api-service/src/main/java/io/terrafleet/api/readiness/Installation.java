package io.terrafleet.api.readiness;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation is begun with.
 *
 * @param publicUrl where people reach it; one that is reached from its own machine only is a trial, and nothing is wrong with it
 * @param databaseUrl as JDBC writes it
 * @param privateAddresses keys of settings that let somebody's address lead into private networks, and whether they do
 */
record Installation(
        URI publicUrl,
        String internalKey,
        Optional<String> adminToken,
        String databaseUrl,
        String databasePassword,
        Map<String, Boolean> privateAddresses) {
    private static final int LEAST_TOKEN = 20;
    /** Of random hexadecimal digits there are nearly always more, of a repeated pattern fewer. */
    private static final int LEAST_DIFFERENT = 9;

    private static final List<String> WORDS_OF_EXAMPLES =
            List.of("changeme", "change-me", "change_me", "default", "example", "password", "insecure", "replace");
    private static final List<String> USUAL_PASSWORDS = List.of("", "terrafleet", "postgres", "password", "admin");
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

    /** What must not be: sentences that name the setting and say what would be right. */
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        if (isTrial()) {
            return objections;
        }
        if (isGuessable(internalKey)) {
            objections.add("terrafleet.internal.key can be guessed: whoever knows it can claim any job. Make one with"
                    + " \"openssl rand -hex 32\", the same for all services.");
        }
        if (adminToken
                .filter(token -> token.length() < LEAST_TOKEN || isGuessable(token))
                .isPresent()) {
            objections.add("terrafleet.access.admin-token can be guessed: it opens everything. Make one with"
                    + " \"openssl rand -hex 24\", or leave it out once administrators can sign in.");
        }
        if (USUAL_PASSWORDS.contains(databasePassword) && !isHere(databaseUrl)) {
            objections.add(
                    "platform.database.password is one that everybody knows, and the database is on another machine."
                            + " Give its user a password of its own.");
        }
        return objections;
    }

    /** What may be meant so. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (isTrial()) {
            return doubts;
        }
        if (!"https".equals(publicUrl.getScheme())) {
            doubts.add("terrafleet.public-url is not https: tokens and states cross the network as they are");
        }
        privateAddresses.forEach((key, allowed) -> {
            if (allowed) {
                doubts.add(key + " is on: what people name as an address may lead into your private networks");
            }
        });
        return doubts;
    }

    private boolean isTrial() {
        return THIS_MACHINE.contains(String.valueOf(publicUrl.getHost()));
    }

    private static boolean isHere(String jdbcUrl) {
        return THIS_MACHINE.stream()
                .anyMatch(host -> jdbcUrl.contains("//" + host + ":") || jdbcUrl.contains("//" + host + "/"));
    }

    private static boolean isGuessable(String secret) {
        String small = secret.toLowerCase(Locale.ROOT);
        return secret.chars().distinct().count() < LEAST_DIFFERENT
                || WORDS_OF_EXAMPLES.stream().anyMatch(small::contains);
    }

    @Override
    public String toString() {
        return "Installation[" + publicUrl + "]";
    }
}

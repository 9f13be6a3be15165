package io.terrafleet.contracts.runner;

/**
 * A runner takes its job. Sent with the one-time claim token as bearer token.
 *
 * @param claimant a random text the runner makes once; the same claimant may ask again after a lost answer, another one is refused
 * @param terraformVersion the exact version that will run
 * @param place for people: where the runner is
 */
public record ClaimRequest(String claimant, String terraformVersion, String place) {}

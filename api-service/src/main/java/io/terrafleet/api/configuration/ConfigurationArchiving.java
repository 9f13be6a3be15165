package io.terrafleet.api.configuration;

/**
 * Fired inside the transaction before a configuration's archive is given up. An observer that still needs it throws a {@link
 * io.terrafleet.api.problem.Problem} (status 409).
 */
public record ConfigurationArchiving(ConfigurationVersion configuration) {}

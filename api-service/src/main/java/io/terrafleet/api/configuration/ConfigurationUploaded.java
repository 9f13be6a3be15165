package io.terrafleet.api.configuration;

/** Fired inside the transaction in which a configuration passed its check. */
public record ConfigurationUploaded(ConfigurationVersion configuration) {}

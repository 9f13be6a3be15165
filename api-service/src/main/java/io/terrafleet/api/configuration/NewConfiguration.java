package io.terrafleet.api.configuration;

/** What a caller wants of a configuration that is yet to be uploaded. */
public record NewConfiguration(boolean speculative, boolean provisional, boolean autoQueueRuns, String source) {}

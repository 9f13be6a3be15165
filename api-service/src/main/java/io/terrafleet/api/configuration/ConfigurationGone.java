package io.terrafleet.api.configuration;

/**
 * Fired inside the transaction in which a configuration's archive goes for ever: no run can use it any more, nor what was kept beside it.
 *
 * @param id {@code cv-} and 16 letters or digits
 */
public record ConfigurationGone(String id) {}

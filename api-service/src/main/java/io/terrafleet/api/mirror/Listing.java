package io.terrafleet.api.mirror;

import java.util.List;
import java.util.Map;

/**
 * Which versions of a provider there are, each with its platforms ({@code linux_amd64}).
 *
 * @param versions by number, as the registry spells it
 */
record Listing(Map<String, List<String>> versions) {}

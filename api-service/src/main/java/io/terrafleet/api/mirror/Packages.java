package io.terrafleet.api.mirror;

import java.util.Map;

/**
 * The archives of one version.
 *
 * @param archives SHA-256 (hexadecimal, lower case) by platform
 */
record Packages(Map<String, String> archives) {}

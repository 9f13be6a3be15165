/** Engines outside: an OPA server that is asked in the place of our own. {@link io.terrafleet.policy.engine.OpaServers} is the door. */
@NullMarked
package io.terrafleet.policy.engine;

import org.jspecify.annotations.NullMarked;

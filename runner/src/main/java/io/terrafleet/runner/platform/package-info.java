/** The runner's side of its protocol with the api-service: claim, heartbeat, files, log, state, result. */
@NullMarked
package io.terrafleet.runner.platform;

import org.jspecify.annotations.NullMarked;

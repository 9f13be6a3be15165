/**
 * What a runner and the api-service say to each other over HTTP, below {@code /api/runner/v1/jobs/JOB}: claim, heartbeat,
 * configuration, state, log, artifacts, result. See docs/runner-protocol.md.
 */
@NullMarked
package io.terrafleet.contracts.runner;

import org.jspecify.annotations.NullMarked;

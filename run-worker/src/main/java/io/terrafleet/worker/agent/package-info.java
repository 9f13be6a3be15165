/** An agent: a worker outside of the installation that asks the platform, by HTTP and with its pool's token, for the jobs of one pool. */
@NullMarked
package io.terrafleet.worker.agent;

import org.jspecify.annotations.NullMarked;

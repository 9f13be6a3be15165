/** A worker as an agent: it asks the platform for the jobs of one pool instead of being told of all. */
@NullMarked
package io.terrafleet.worker.agent;

import org.jspecify.annotations.NullMarked;

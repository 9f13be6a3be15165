/** Tests of the room. */
@NullMarked
package io.terrafleet.worker.agent;

import org.jspecify.annotations.NullMarked;

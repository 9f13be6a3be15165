/** Tests of the room. */
@NullMarked
package io.terrafleet.api.agentpool;

import org.jspecify.annotations.NullMarked;

/** Tests of the room. */
@NullMarked
package io.terrafleet.api.policy;

import org.jspecify.annotations.NullMarked;

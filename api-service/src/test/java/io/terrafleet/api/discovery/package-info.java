/** Tests of the room. */
@NullMarked
package io.terrafleet.api.discovery;

import org.jspecify.annotations.NullMarked;

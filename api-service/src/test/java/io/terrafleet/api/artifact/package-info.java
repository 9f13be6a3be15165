/** Tests of the room. */
@NullMarked
package io.terrafleet.api.artifact;

import org.jspecify.annotations.NullMarked;

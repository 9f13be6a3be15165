/** Tests of the room. */
@NullMarked
package io.terrafleet.api.vcs;

import org.jspecify.annotations.NullMarked;

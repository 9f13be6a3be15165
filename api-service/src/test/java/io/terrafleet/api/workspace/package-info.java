/** Tests of the room. */
@NullMarked
package io.terrafleet.api.workspace;

import org.jspecify.annotations.NullMarked;

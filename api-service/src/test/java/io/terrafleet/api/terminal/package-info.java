/** Tests of the room of the same name. */
@NullMarked
package io.terrafleet.api.terminal;

import org.jspecify.annotations.NullMarked;

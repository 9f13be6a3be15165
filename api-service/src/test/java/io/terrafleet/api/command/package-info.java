/** Tests of the room {@code command}. */
@NullMarked
package io.terrafleet.api.command;

import org.jspecify.annotations.NullMarked;

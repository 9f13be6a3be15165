/** Tests of the room. */
@NullMarked
package io.terrafleet.runner.identity;

import org.jspecify.annotations.NullMarked;

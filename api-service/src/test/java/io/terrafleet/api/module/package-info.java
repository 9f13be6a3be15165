/** Tests of the room. */
@NullMarked
package io.terrafleet.api.module;

import org.jspecify.annotations.NullMarked;

/** Tests of the room. */
@NullMarked
package io.terrafleet.api.provider;

import org.jspecify.annotations.NullMarked;

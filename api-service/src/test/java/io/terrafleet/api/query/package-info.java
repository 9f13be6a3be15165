/** Tests of the room. */
@NullMarked
package io.terrafleet.api.query;

import org.jspecify.annotations.NullMarked;

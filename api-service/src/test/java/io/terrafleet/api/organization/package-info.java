/** Tests of the room. */
@NullMarked
package io.terrafleet.api.organization;

import org.jspecify.annotations.NullMarked;

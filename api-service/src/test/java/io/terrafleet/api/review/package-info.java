/** Tests of the room {@code review}. */
@NullMarked
package io.terrafleet.api.review;

import org.jspecify.annotations.NullMarked;

/** Tests of the room. */
@NullMarked
package io.terrafleet.api.job;

import org.jspecify.annotations.NullMarked;

/** Sizes of runs over HTTP. */
@NullMarked
package io.terrafleet.api.size;

import org.jspecify.annotations.NullMarked;

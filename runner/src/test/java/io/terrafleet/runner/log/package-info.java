/** The mask, chunk by chunk. */
@NullMarked
package io.terrafleet.runner.log;

import org.jspecify.annotations.NullMarked;

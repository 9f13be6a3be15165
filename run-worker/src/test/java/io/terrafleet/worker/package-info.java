/** The worker as a whole. */
@NullMarked
package io.terrafleet.worker;

import org.jspecify.annotations.NullMarked;

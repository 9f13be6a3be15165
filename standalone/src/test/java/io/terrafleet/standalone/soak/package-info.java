/** The checker is held to its promises. */
@NullMarked
package io.terrafleet.standalone.soak;

import org.jspecify.annotations.NullMarked;

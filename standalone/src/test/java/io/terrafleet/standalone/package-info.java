/** The module as a whole. */
@NullMarked
package io.terrafleet.standalone;

import org.jspecify.annotations.NullMarked;

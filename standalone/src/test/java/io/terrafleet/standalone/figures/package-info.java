/** The page of figures: all benchmarks, one after the other, kept and compared. */
@NullMarked
package io.terrafleet.standalone.figures;

import org.jspecify.annotations.NullMarked;

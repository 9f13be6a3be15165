/** The arithmetic of the benchmarks. */
@NullMarked
package io.terrafleet.standalone.bench;

import org.jspecify.annotations.NullMarked;

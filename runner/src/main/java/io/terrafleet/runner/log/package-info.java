/** The run's log: sensitive values masked, kept in a file, shipped by offset. */
@NullMarked
package io.terrafleet.runner.log;

import org.jspecify.annotations.NullMarked;

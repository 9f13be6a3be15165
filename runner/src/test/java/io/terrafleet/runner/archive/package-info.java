/** Archives that mean harm. */
@NullMarked
package io.terrafleet.runner.archive;

import org.jspecify.annotations.NullMarked;

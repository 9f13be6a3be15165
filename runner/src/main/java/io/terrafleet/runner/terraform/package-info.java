/** The terraform process: arguments, environment, variables, output, and how it is stopped. */
@NullMarked
package io.terrafleet.runner.terraform;

import org.jspecify.annotations.NullMarked;

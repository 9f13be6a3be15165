/** Variables and arguments as terraform reads them. */
@NullMarked
package io.terrafleet.runner.terraform;

import org.jspecify.annotations.NullMarked;

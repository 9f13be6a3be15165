/** How the stores of every room lock a row. */
@NullMarked
package io.terrafleet.api.row;

import org.jspecify.annotations.NullMarked;

/** How every room locks a row of its own. */
@NullMarked
package io.terrafleet.api.row;

import org.jspecify.annotations.NullMarked;

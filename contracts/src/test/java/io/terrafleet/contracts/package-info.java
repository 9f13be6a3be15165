/** What two processes agree on, written and read. */
@NullMarked
package io.terrafleet.contracts;

import org.jspecify.annotations.NullMarked;

/** Everything of one installation in a file, and back. */
@NullMarked
package io.terrafleet.standalone.backup;

import org.jspecify.annotations.NullMarked;

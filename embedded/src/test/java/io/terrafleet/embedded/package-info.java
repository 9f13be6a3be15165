/** The embedded servers on real directories, killed and started again. */
@NullMarked
package io.terrafleet.embedded;

import org.jspecify.annotations.NullMarked;

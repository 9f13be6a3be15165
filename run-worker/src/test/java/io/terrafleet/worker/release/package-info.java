/** Versions, constraints and installation, against releases signed with a key of the test's own. */
@NullMarked
package io.terrafleet.worker.release;

import org.jspecify.annotations.NullMarked;

/** The file that says what is asked of a set's policies, as the platform keeps it and the authors' tools read it. */
@NullMarked
package io.terrafleet.contracts.policy;

import org.jspecify.annotations.NullMarked;

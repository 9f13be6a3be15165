/** The tests' tools, tested. */
@NullMarked
package io.terrafleet.testkit;

import org.jspecify.annotations.NullMarked;

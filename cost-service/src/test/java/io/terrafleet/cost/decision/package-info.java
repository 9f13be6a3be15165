/** The service on a real broker and a real database. */
@NullMarked
package io.terrafleet.cost.decision;

import org.jspecify.annotations.NullMarked;

/** What was spent: over HTTP, by whoever may see it, and the arithmetic. */
@NullMarked
package io.terrafleet.api.cost;

import org.jspecify.annotations.NullMarked;

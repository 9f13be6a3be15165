/** How Azure's types are billed; prices come from the retail pages that {@code prices import} takes. */
@NullMarked
package io.terrafleet.cost.resource.azure;

import org.jspecify.annotations.NullMarked;

/** How Google Cloud's types are billed; prices come from the catalogue that {@code prices import} takes. */
@NullMarked
package io.terrafleet.cost.resource.gcp;

import org.jspecify.annotations.NullMarked;

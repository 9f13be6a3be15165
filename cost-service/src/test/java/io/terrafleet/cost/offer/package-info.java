/** Price lists of every format: whole ones, broken ones, the ones that sellers publish. */
@NullMarked
package io.terrafleet.cost.offer;

import org.jspecify.annotations.NullMarked;

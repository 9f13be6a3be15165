/** A plan as people read it: what changes in which resource, line by line. Pure: JSON in, records out. */
@NullMarked
package io.terrafleet.api.diff;

import org.jspecify.annotations.NullMarked;

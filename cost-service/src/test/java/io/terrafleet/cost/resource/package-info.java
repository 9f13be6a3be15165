/** What plans say, read with care. */
@NullMarked
package io.terrafleet.cost.resource;

import org.jspecify.annotations.NullMarked;

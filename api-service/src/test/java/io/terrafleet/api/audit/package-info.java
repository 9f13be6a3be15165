/** Tests of the room. */
@NullMarked
package io.terrafleet.api.audit;

import org.jspecify.annotations.NullMarked;

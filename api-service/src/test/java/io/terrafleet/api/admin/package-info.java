/** Tests of the room. */
@NullMarked
package io.terrafleet.api.admin;

import org.jspecify.annotations.NullMarked;

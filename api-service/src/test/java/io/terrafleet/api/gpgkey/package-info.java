/** Tests of the room. */
@NullMarked
package io.terrafleet.api.gpgkey;

import org.jspecify.annotations.NullMarked;

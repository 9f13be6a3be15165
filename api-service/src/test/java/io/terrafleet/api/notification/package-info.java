/** Tests of the room. */
@NullMarked
package io.terrafleet.api.notification;

import org.jspecify.annotations.NullMarked;

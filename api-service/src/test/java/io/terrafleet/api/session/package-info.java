/** Tests of the room of the same name. */
@NullMarked
package io.terrafleet.api.session;

import org.jspecify.annotations.NullMarked;

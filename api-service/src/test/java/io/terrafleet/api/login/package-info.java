/** Tests of the room. */
@NullMarked
package io.terrafleet.api.login;

import org.jspecify.annotations.NullMarked;

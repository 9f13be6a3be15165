/** Tests of the room. */
@NullMarked
package io.terrafleet.api.oauth;

import org.jspecify.annotations.NullMarked;

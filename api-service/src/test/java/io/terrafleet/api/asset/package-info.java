/** Tests of the room of the same name. */
@NullMarked
package io.terrafleet.api.asset;

import org.jspecify.annotations.NullMarked;

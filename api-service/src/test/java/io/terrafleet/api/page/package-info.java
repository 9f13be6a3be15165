/** Tests of the room of the same name. */
@NullMarked
package io.terrafleet.api.page;

import org.jspecify.annotations.NullMarked;

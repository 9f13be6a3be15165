/** Tests of the room. */
@NullMarked
package io.terrafleet.api.configuration;

import org.jspecify.annotations.NullMarked;

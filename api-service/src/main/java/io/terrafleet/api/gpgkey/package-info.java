/** Public keys that an organization signs its providers with. {@link io.terrafleet.api.gpgkey.GpgKeys} is the door. */
@NullMarked
package io.terrafleet.api.gpgkey;

import org.jspecify.annotations.NullMarked;

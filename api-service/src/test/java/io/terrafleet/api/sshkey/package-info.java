/** Tests of the room. */
@NullMarked
package io.terrafleet.api.sshkey;

import org.jspecify.annotations.NullMarked;

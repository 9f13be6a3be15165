/** Private SSH keys with which terraform fetches modules from git; sealed, never shown again. */
@NullMarked
package io.terrafleet.api.sshkey;

import org.jspecify.annotations.NullMarked;

/** Who calls, and what they may do: users, tokens, memberships. {@link io.terrafleet.api.access.Tokens} and {@link
 * io.terrafleet.api.access.Grants} are the doors. */
@NullMarked
package io.terrafleet.api.access;

import org.jspecify.annotations.NullMarked;

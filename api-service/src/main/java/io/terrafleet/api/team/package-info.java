/** Teams, their members, tokens and accesses over HTTP. What they mean is decided in {@link io.terrafleet.api.access.Grants}. */
@NullMarked
package io.terrafleet.api.team;

import org.jspecify.annotations.NullMarked;

/** The platform as an OpenID Connect issuer: its keys, and tokens that say which run's phase somebody is. {@link
 * io.terrafleet.api.identity.Identities} is the door. */
@NullMarked
package io.terrafleet.api.identity;

import org.jspecify.annotations.NullMarked;

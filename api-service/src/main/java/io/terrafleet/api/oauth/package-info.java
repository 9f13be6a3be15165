/** Connections to version control systems: clients, and the sealed tokens that they were given. {@link
 * io.terrafleet.api.oauth.OauthClients} is the door. */
@NullMarked
package io.terrafleet.api.oauth;

import org.jspecify.annotations.NullMarked;

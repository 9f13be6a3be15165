/** {@code terraform login}: a person allows the command to act in their name, and it fetches a token (OAuth 2.0 code grant with PKCE). */
@NullMarked
package io.terrafleet.api.login;

import org.jspecify.annotations.NullMarked;

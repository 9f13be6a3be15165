/** Values that must not lie in clear anywhere: sealed and unsealed by {@link io.terrafleet.api.secret.Secrets}. */
@NullMarked
package io.terrafleet.api.secret;

import org.jspecify.annotations.NullMarked;

/** Query runs: {@code terraform query} on this side. No version that runs here has that command yet. */
@NullMarked
package io.terrafleet.api.query;

import org.jspecify.annotations.NullMarked;

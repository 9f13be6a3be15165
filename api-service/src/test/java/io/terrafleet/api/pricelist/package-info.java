/** Price lists over HTTP. */
@NullMarked
package io.terrafleet.api.pricelist;

import org.jspecify.annotations.NullMarked;

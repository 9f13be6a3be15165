/** Policy sets: their text, fetched or shipped, compiled once and kept by content. */
@NullMarked
package io.terrafleet.policy.policyset;

import org.jspecify.annotations.NullMarked;

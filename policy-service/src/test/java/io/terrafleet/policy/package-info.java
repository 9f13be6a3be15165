/** Tests. */
@NullMarked
package io.terrafleet.policy;

import org.jspecify.annotations.NullMarked;

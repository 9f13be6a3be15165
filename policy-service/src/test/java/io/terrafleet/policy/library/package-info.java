/** Tests. */
@NullMarked
package io.terrafleet.policy.library;

import org.jspecify.annotations.NullMarked;

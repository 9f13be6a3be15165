/** Tests. */
@NullMarked
package io.terrafleet.policy.policyset;

import org.jspecify.annotations.NullMarked;

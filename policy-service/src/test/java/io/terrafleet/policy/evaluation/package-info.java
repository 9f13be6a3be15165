/** Tests. */
@NullMarked
package io.terrafleet.policy.evaluation;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package io.terrafleet.policy.verdict;

import org.jspecify.annotations.NullMarked;

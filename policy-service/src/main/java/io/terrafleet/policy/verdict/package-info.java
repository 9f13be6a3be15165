/** The decision on a plan: what outcomes and enforcement levels make of it, stored and told. */
@NullMarked
package io.terrafleet.policy.verdict;

import org.jspecify.annotations.NullMarked;

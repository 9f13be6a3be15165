/** What plans are judged by, as organizations own it: policies, policy sets, where they apply, their parameters. The doors are {@link
 * io.terrafleet.api.policy.PolicySets}, {@link io.terrafleet.api.policy.Policies} and {@link
 * io.terrafleet.api.policy.PolicyParameters}; the judging is the policy-service's. */
@NullMarked
package io.terrafleet.api.policy;

import org.jspecify.annotations.NullMarked;

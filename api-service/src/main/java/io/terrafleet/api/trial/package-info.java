/**
 * What a pull request against the repository of a policy set would have decided on plans that the set has judged: asked of the policy-service,
 * told by a status and in the comment. {@link io.terrafleet.api.trial.Trials} is the door.
 */
@NullMarked
package io.terrafleet.api.trial;

import org.jspecify.annotations.NullMarked;

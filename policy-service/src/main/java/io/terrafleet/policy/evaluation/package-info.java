/** What a policy says of a plan: a pure function of the plan, the run, the policies and their parameters. */
@NullMarked
package io.terrafleet.policy.evaluation;

import org.jspecify.annotations.NullMarked;

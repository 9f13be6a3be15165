/**
 * How pull requests are treated, for an organization or a workspace of it: what a stranger's plan may use and where it happens, whether comments
 * command, and when is applied. {@link io.terrafleet.api.rule.PullRequestRules} is the door.
 */
@NullMarked
package io.terrafleet.api.rule;

import org.jspecify.annotations.NullMarked;

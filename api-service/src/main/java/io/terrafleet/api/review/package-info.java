/**
 * What reviewers see at their git host: the statuses of a commit, one for each workspace and one for all, and the one comment on a pull
 * request. What is to be said is written down where it becomes true, and sent until it has arrived.
 */
@NullMarked
package io.terrafleet.api.review;

import org.jspecify.annotations.NullMarked;

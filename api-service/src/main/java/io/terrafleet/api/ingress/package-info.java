/**
 * What happens in repositories and which runs come of it: {@link io.terrafleet.api.ingress.Changes} is the door for what webhooks and our own
 * looks at repositories tell. A change is looked at in its repository's order, as often as it takes, and ends in configurations and runs.
 */
@NullMarked
package io.terrafleet.api.ingress;

import org.jspecify.annotations.NullMarked;

/** Large things as encrypted files: configurations, plans, states, policy bundles. {@link io.terrafleet.api.artifact.Artifacts} is the door. */
@NullMarked
package io.terrafleet.api.artifact;

import org.jspecify.annotations.NullMarked;

/** Plans, states, archives and policy bundles, encrypted: small ones in the database, large ones in files or in a bucket. {@link io.terrafleet.api.artifact.Artifacts} is the door. */
@NullMarked
package io.terrafleet.api.artifact;

import org.jspecify.annotations.NullMarked;

/** Which terraform a job gets: constraints, the index of releases, verified installation side by side. */
@NullMarked
package io.terrafleet.worker.release;

import org.jspecify.annotations.NullMarked;

/** The pages on workspaces and runs, rendered here and kept up to date while a run goes on. */
@NullMarked
package io.terrafleet.api.page;

import org.jspecify.annotations.NullMarked;

/** Workspaces: one state, its settings, its tags, who holds it, and which run is current. {@link
 * io.terrafleet.api.workspace.Workspaces} is the door. */
@NullMarked
package io.terrafleet.api.workspace;

import org.jspecify.annotations.NullMarked;

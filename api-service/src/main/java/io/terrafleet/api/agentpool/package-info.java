/** Agent pools: groups of agents outside of this installation, and which workspaces may use them. */
@NullMarked
package io.terrafleet.api.agentpool;

import org.jspecify.annotations.NullMarked;

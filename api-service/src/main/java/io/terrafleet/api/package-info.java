/** The service that owns workspaces, runs, state, variables and access. A package below is a room, its plural class the door. */
@NullMarked
package io.terrafleet.api;

import org.jspecify.annotations.NullMarked;

/** What site administrators do across organizations: users, organizations, workspaces, runs, versions of tools, settings. */
@NullMarked
package io.terrafleet.api.admin;

import org.jspecify.annotations.NullMarked;

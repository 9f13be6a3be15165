/**
 * Git repositories elsewhere: the newest commit of a branch, and the files of one commit as an archive, fetched within bounds. {@link
 * io.terrafleet.api.vcs.Repositories} is the door; it knows nothing of whom the files are for.
 */
@NullMarked
package io.terrafleet.api.vcs;

import org.jspecify.annotations.NullMarked;

/** Runs jobs as processes of this machine: a queue on disk, a number of warm runners, rescue of what died. */
@NullMarked
package io.terrafleet.worker.process;

import org.jspecify.annotations.NullMarked;

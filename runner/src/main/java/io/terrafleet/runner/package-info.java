/** Drives terraform for one phase of a run: claims the job, executes it, reports, and rescues what a dead runner left. */
@NullMarked
package io.terrafleet.runner;

import org.jspecify.annotations.NullMarked;

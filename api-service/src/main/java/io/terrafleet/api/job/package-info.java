/** The runner's side door: a runner claims a phase, keeps its lease alive, delivers log, state and files, and reports. */
@NullMarked
package io.terrafleet.api.job;

import org.jspecify.annotations.NullMarked;

/**
 * The run's life. {@link io.terrafleet.api.run.RunLifecycle} alone decides what a run becomes, {@link io.terrafleet.api.run.Runs} is
 * the door that everybody else knocks at.
 */
@NullMarked
package io.terrafleet.api.run;

import org.jspecify.annotations.NullMarked;

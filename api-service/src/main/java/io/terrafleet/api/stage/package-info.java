/** Stages of a run at which run tasks are asked: what each task was sent and answered. {@link io.terrafleet.api.stage.TaskStages} is
 * the door. */
@NullMarked
package io.terrafleet.api.stage;

import org.jspecify.annotations.NullMarked;

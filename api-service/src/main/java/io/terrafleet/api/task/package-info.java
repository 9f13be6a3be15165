/** Run tasks: checks outside this platform that a run waits for, and which workspaces have which. {@link
 * io.terrafleet.api.task.RunTasks} and {@link io.terrafleet.api.task.WorkspaceTasks} are the doors. */
@NullMarked
package io.terrafleet.api.task;

import org.jspecify.annotations.NullMarked;

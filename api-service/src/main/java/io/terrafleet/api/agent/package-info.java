/** What agents say and are told: who they are, which job is theirs to run. */
@NullMarked
package io.terrafleet.api.agent;

import org.jspecify.annotations.NullMarked;

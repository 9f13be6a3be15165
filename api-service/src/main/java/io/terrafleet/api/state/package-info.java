/** What Terraform remembers of a workspace: state versions, their checks, their outputs. The door is {@link
 * io.terrafleet.api.state.States}. */
@NullMarked
package io.terrafleet.api.state;

import org.jspecify.annotations.NullMarked;

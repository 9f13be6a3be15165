/** The Terraform configurations that people upload for a workspace, checked before any run sees them. The door is {@link
 * io.terrafleet.api.configuration.Configurations}. */
@NullMarked
package io.terrafleet.api.configuration;

import org.jspecify.annotations.NullMarked;

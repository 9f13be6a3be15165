/** Private Terraform providers: versions signed by their publisher, downloaded by {@code terraform init}. {@link
 * io.terrafleet.api.provider.Providers} is the door. */
@NullMarked
package io.terrafleet.api.provider;

import org.jspecify.annotations.NullMarked;

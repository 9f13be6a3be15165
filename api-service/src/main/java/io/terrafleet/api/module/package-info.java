/** Private Terraform modules: published by upload, downloaded by {@code terraform init}. {@link io.terrafleet.api.module.Modules} is
 * the door. */
@NullMarked
package io.terrafleet.api.module;

import org.jspecify.annotations.NullMarked;

/**
 * How much of what is billed by use is used: files in the format of {@code infracost-usage.yml}, one for an organization, a project, a
 * workspace, or in a configuration. {@link io.terrafleet.api.usage.UsageFiles} is the door; every plan is priced by those that apply, the nearest first.
 */
@NullMarked
package io.terrafleet.api.usage;

import org.jspecify.annotations.NullMarked;

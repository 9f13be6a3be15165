/** How much of what is billed by use is used: the format of {@code infracost-usage.yml}, checked before it is kept and before it is priced by. */
@NullMarked
package io.terrafleet.contracts.usage;

import org.jspecify.annotations.NullMarked;

/** Usage files, good and bad. */
@NullMarked
package io.terrafleet.contracts.usage;

import org.jspecify.annotations.NullMarked;

/** Usage files over HTTP. */
@NullMarked
package io.terrafleet.api.usage;

import org.jspecify.annotations.NullMarked;

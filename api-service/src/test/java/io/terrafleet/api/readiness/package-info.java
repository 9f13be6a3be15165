/** Whether an installation may be shown to others: what nobody should begin with is refused at the start. */
@NullMarked
package io.terrafleet.api.readiness;

import org.jspecify.annotations.NullMarked;

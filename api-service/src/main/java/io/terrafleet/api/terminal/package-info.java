/** What terraform writes to a terminal, as HTML that can do no harm: colours become classes, everything else is escaped. Pure. */
@NullMarked
package io.terrafleet.api.terminal;

import org.jspecify.annotations.NullMarked;

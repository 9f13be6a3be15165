/** What terraform prints, kept by offset while it arrives and read by anybody at any offset. */
@NullMarked
package io.terrafleet.api.log;

import org.jspecify.annotations.NullMarked;

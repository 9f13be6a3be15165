/** Jobs as processes, with real runners and real terraform. */
@NullMarked
package io.terrafleet.worker.process;

import org.jspecify.annotations.NullMarked;

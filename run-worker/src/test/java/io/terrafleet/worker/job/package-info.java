/** What every executor promises, and the listener. */
@NullMarked
package io.terrafleet.worker.job;

import org.jspecify.annotations.NullMarked;

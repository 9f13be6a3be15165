/** What a run did and where, told to an OpenTelemetry collector. */
@NullMarked
package io.terrafleet.messaging.trace;

import org.jspecify.annotations.NullMarked;

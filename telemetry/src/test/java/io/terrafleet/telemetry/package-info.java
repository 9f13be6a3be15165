@NullMarked
package io.terrafleet.telemetry;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.terrafleet.messaging.trace;

import org.jspecify.annotations.NullMarked;

/** Starting and stopping, and what the data directory promises. */
@NullMarked
package io.terrafleet.standalone.platform;

import org.jspecify.annotations.NullMarked;

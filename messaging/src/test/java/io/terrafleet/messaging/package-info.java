@NullMarked
package io.terrafleet.messaging;

import org.jspecify.annotations.NullMarked;

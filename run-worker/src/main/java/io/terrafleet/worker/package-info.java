/** The worker: takes run requests from Kafka and sees to it that a runner works on each. */
@NullMarked
package io.terrafleet.worker;

import org.jspecify.annotations.NullMarked;

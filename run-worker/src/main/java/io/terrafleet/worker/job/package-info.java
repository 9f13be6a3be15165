/** Jobs: what is asked over Kafka, handed to an executor, and what a worker has to say about it. */
@NullMarked
package io.terrafleet.worker.job;

import org.jspecify.annotations.NullMarked;

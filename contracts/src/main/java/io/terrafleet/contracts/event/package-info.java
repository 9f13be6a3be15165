/** The facts that ride Kafka: one sealed interface per topic, one record per released shape, CloudEvents attributes in the headers. */
@NullMarked
package io.terrafleet.contracts.event;

import org.jspecify.annotations.NullMarked;

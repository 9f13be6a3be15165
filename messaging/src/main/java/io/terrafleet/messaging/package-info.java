/**
 * How a fact leaves and enters a service once in effect: {@link io.terrafleet.messaging.Outbox} writes it in the transaction that
 * made it true, {@link io.terrafleet.messaging.OutboxRelay} sends it, {@link io.terrafleet.messaging.Delivery} hands it to the
 * listener with bounded retries, {@link io.terrafleet.messaging.Inbox} forgets nothing it has seen.
 *
 * <p>A service makes one {@link io.terrafleet.messaging.Messaging} in its {@code Wiring}; its tables come from the Flyway location
 * {@code db/messaging}, listed before the service's own.
 */
@NullMarked
package io.terrafleet.messaging;

import org.jspecify.annotations.NullMarked;

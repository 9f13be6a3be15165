/**
 * Where git hosts tell us things: an address and a secret for each connection, a log of what came in. What is proven to be the host's is kept
 * before it is answered, and read later, in order, from Kafka. {@link io.terrafleet.api.hook.Webhooks} is the door.
 */
@NullMarked
package io.terrafleet.api.hook;

import org.jspecify.annotations.NullMarked;

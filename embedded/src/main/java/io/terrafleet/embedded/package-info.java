/** A Kafka broker inside the JVM and a PostgreSQL server beside it, on a directory that outlives them. */
@NullMarked
package io.terrafleet.embedded;

import org.jspecify.annotations.NullMarked;

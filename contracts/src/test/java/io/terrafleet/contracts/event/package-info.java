/** The events as they were released, and the document that describes them. */
@NullMarked
package io.terrafleet.contracts.event;

import org.jspecify.annotations.NullMarked;

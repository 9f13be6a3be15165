/** Requests that no client should send. */
@NullMarked
package io.terrafleet.api.fuzz;

import org.jspecify.annotations.NullMarked;

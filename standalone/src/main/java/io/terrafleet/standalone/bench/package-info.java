/** Measures the platform against bare terraform, in the same process run and on the same machine. */
@NullMarked
package io.terrafleet.standalone.bench;

import org.jspecify.annotations.NullMarked;

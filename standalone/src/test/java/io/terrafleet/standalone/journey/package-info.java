/** A person's story on the whole platform, in a process of its own, with real terraform. */
@NullMarked
package io.terrafleet.standalone.journey;

import org.jspecify.annotations.NullMarked;

/** What the tests of all rooms stand on. */
@NullMarked
package io.terrafleet.api;

import org.jspecify.annotations.NullMarked;

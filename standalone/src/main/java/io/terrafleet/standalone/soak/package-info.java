/** The platform as separate processes in bad weather, and a checker that knows what was promised. */
@NullMarked
package io.terrafleet.standalone.soak;

import org.jspecify.annotations.NullMarked;

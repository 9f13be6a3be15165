/** The parts of the demo that can fail by themselves. */
@NullMarked
package io.terrafleet.standalone.demo;

import org.jspecify.annotations.NullMarked;

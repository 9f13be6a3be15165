/** The demo: three acts over the public API, told as they happen, checked at the end. */
@NullMarked
package io.terrafleet.standalone.demo;

import org.jspecify.annotations.NullMarked;

/** The commands that need no platform. */
@NullMarked
package io.terrafleet.standalone.tool;

import org.jspecify.annotations.NullMarked;

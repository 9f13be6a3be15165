/** Commands that need no platform: each starts at once, without Quarkus, does its work on files and ends. */
@NullMarked
package io.terrafleet.standalone.tool;

import org.jspecify.annotations.NullMarked;

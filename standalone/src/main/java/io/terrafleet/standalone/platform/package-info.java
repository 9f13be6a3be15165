/** The whole platform in one JVM: broker and database started, services configured, everything stopped in order. */
@NullMarked
package io.terrafleet.standalone.platform;

import org.jspecify.annotations.NullMarked;

/** The mirror against a registry of this machine. */
@NullMarked
package io.terrafleet.api.mirror;

import org.jspecify.annotations.NullMarked;

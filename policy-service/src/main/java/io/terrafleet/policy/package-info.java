/** Judges a completed plan by policy as code, and says so on its topic. */
@NullMarked
package io.terrafleet.policy;

import org.jspecify.annotations.NullMarked;

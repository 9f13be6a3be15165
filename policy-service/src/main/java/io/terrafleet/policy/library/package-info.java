/** The rules that the service ships. */
@NullMarked
package io.terrafleet.policy.library;

import org.jspecify.annotations.NullMarked;

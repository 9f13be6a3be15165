/** Tests. */
@NullMarked
package io.terrafleet.policy.artifact;

import org.jspecify.annotations.NullMarked;

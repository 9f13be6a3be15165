/** Tests. */
@NullMarked
package io.terrafleet.policy.engine;

import org.jspecify.annotations.NullMarked;

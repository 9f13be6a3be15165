/** Plan documents, whole, broken and redacted. */
@NullMarked
package io.terrafleet.contracts.policy;

import org.jspecify.annotations.NullMarked;

/** Plan documents, whole, broken and redacted. */
@NullMarked
package io.terrafleet.contracts.plan;

import org.jspecify.annotations.NullMarked;

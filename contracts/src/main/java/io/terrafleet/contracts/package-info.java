/** What two processes must agree on: identifiers, events, the plan document and the runner's protocol. */
@NullMarked
package io.terrafleet.contracts;

import org.jspecify.annotations.NullMarked;

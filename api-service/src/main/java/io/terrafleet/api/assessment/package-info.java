/** What cost-service and policy-service decided, taken from their topics and shown as cost estimates, task stages and policy evaluations. */
@NullMarked
package io.terrafleet.api.assessment;

import org.jspecify.annotations.NullMarked;

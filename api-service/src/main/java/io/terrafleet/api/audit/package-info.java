/** The audit trail: every change that somebody makes, written in the transaction of the change. {@link io.terrafleet.api.audit.AuditTrail} is the
 * door. */
@NullMarked
package io.terrafleet.api.audit;

import org.jspecify.annotations.NullMarked;

/** The document that {@code terraform show -json PLAN} prints, parsed once and shared by all who judge it; and its redaction. */
@NullMarked
package io.terrafleet.contracts.plan;

import org.jspecify.annotations.NullMarked;

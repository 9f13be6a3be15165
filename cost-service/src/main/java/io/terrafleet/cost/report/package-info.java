/**
 * Says an estimate in the forms that people and scripts read: a table, a diff, JSON in Infracost's shape, markdown. Pure; {@link
 * io.terrafleet.cost.report.Reports} is the door.
 */
@NullMarked
package io.terrafleet.cost.report;

import org.jspecify.annotations.NullMarked;

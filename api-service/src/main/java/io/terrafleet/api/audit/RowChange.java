package io.terrafleet.api.audit;

import io.terrafleet.contracts.event.AuditEvent.ChangedMember;
import java.util.List;
import java.util.Map;

/**
 * One row that somebody made, changed or took away.
 *
 * @param table its name in the database
 * @param action {@code create}, {@code update} or {@code destroy}
 * @param members all of the row by the names of the entity's properties, for finding whose it is
 */
record RowChange(String table, String id, String action, List<ChangedMember> changes, Map<String, Object> members) {}

package io.terrafleet.api.audit;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.terrafleet.contracts.event.AuditEvent.ChangedMember;
import jakarta.inject.Singleton;
import jakarta.persistence.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Interceptor;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Sees every row of every room as it is written, so that no door can forget to tell the audit trail. */
@PersistenceUnitExtension("api")
@Singleton
public class ChangedRowsStore implements Interceptor {
    /** What the platform keeps for itself; what people do to a run is told by the rows of run_event. */
    private static final Set<String> OWN = Set.of(
            "session",
            "lease",
            "job_artifact",
            "artifact",
            "assessment",
            "cost_point",
            "cost_end",
            "state_output",
            "run",
            "run_trigger_firing",
            "notification_delivery",
            "agent",
            "agent_job",
            "plan_export",
            "repository",
            "repository_head",
            "repository_change",
            "repository_change_run",
            "pull_request",
            "commit_status",
            "webhook_delivery",
            "repository_hook",
            "webhook_farewell",
            "comment_command",
            "host_account_code",
            "policy_trial",
            "policy_trial_plan");

    private static final Pattern SECRET = Pattern.compile(
            ".*(secret|password|token|hash|hmac|sealed|private|value|url|responses).*", Pattern.CASE_INSENSITIVE);
    /** They move with every change and say nothing. */
    private static final Set<String> MOVING = Set.of("updatedAt", "changedAt", "lastUsedAt", "version");

    private static final String HIDDEN = "(hidden)";
    private static final int LONGEST = 500;

    private final AuditTrail trail;

    ChangedRowsStore(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public boolean onPersist(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        tell(entity, id, "create", null, state, names);
        return false;
    }

    @Override
    public boolean onFlushDirty(
            Object entity,
            Object id,
            Object[] state,
            @Nullable Object @Nullable [] previous,
            String[] names,
            Type[] types) {
        tell(entity, id, "update", previous, state, names);
        return false;
    }

    @Override
    public void onRemove(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        tell(entity, id, "destroy", state, null, names);
    }

    private void tell(
            Object entity,
            Object id,
            String action,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after,
            String[] names) {
        Table table = entity.getClass().getAnnotation(Table.class);
        if (table == null || OWN.contains(table.name()) || !trail.isWatched()) {
            return;
        }
        List<ChangedMember> changes = changes(before, after, names);
        if (changes.isEmpty() && action.equals("update")) {
            return;
        }
        Map<String, Object> members = new HashMap<>(key(id));
        @Nullable Object[] row = after == null ? Objects.requireNonNull(before) : after;
        for (int i = 0; i < names.length; i++) {
            if (row[i] != null) {
                members.put(names[i], row[i]);
            }
        }
        trail.add(new RowChange(table.name(), text(id), action, changes, members));
    }

    private static List<ChangedMember> changes(
            @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after, String[] names) {
        List<ChangedMember> changes = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            Object old = before == null ? null : before[i];
            Object fresh = after == null ? null : after[i];
            if (!MOVING.contains(names[i]) && !Objects.deepEquals(old, fresh)) {
                changes.add(new ChangedMember(names[i], shown(names[i], old), shown(names[i], fresh)));
            }
        }
        return changes;
    }

    private static Optional<String> shown(String name, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof byte[] || (SECRET.matcher(name).matches() && !(value instanceof Boolean))) {
            return Optional.of(HIDDEN);
        }
        String text = value instanceof Object[] array ? Arrays.toString(array) : value.toString();
        return Optional.of(text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text);
    }

    /** The parts of a key that has several. */
    private static Map<String, Object> key(Object id) {
        Map<String, Object> parts = new HashMap<>();
        if (id instanceof Record key) {
            for (RecordComponent component : key.getClass().getRecordComponents()) {
                parts.put(component.getName(), part(key, component));
            }
        } else {
            parts.put("id", id);
        }
        return parts;
    }

    private static String text(Object id) {
        return id instanceof Record key
                ? String.join(
                        "/",
                        Stream.of(key.getClass().getRecordComponents())
                                .map(component -> part(key, component).toString())
                                .toList())
                : id.toString();
    }

    private static Object part(Record key, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(key);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "the key " + key.getClass().getName().toLowerCase(Locale.ROOT) + " cannot be read", e);
        }
    }
}

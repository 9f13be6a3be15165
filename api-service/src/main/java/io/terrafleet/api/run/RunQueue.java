package io.terrafleet.api.run;

import io.terrafleet.api.access.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The door to an organization's queue: who is worked on, who waits, and behind how many. */
@ApplicationScoped
public class RunQueue {
    private static final int MOST = 500;

    private final RunStore store;

    RunQueue(RunStore store) {
        this.store = store;
    }

    /** @param position 0 for those that are worked on, then one more than stand before; those who may not be seen are counted */
    public record Place(Run run, int position) {}

    /** Runs that are worked on, and those that wait for a place or for their workspace. */
    public record Counts(long working, long pending) {}

    /** Those that may be seen, in the order of the queue. */
    @Transactional
    public List<Place> of(String organizationId, Visibility visible) {
        List<RunEntity> rows = new ArrayList<>(store.working(organizationId));
        int working = rows.size();
        List<RunEntity> ready = store.readyForPlace(organizationId);
        rows.addAll(ready);
        store.pending(organizationId).stream()
                .filter(row -> !ready.contains(row))
                .forEach(rows::add);
        Set<String> seen =
                new HashSet<>(store.visible(rows.stream().map(row -> row.id).toList(), visible));
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < rows.size() && places.size() < MOST; i++) {
            if (seen.contains(rows.get(i).id)) {
                places.add(new Place(RunMapper.record(rows.get(i)), i < working ? 0 : i + 1));
            }
        }
        return List.copyOf(places);
    }

    @Transactional
    public Counts counts(String organizationId) {
        return new Counts(
                store.countWorking(organizationId),
                store.pending(organizationId).size());
    }
}

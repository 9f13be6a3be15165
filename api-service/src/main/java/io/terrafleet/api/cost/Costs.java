package io.terrafleet.api.cost;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.CostRequest.WorkspaceForgotten;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The door to what was spent. */
@ApplicationScoped
public class Costs {
    private static final Logger LOG = Logger.getLogger(Costs.class);

    private final CostStore store;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Messaging messaging;
    private final InstantSource clock;

    Costs(
            CostStore store,
            Organizations organizations,
            Workspaces workspaces,
            Grants grants,
            @Identifier("api") Messaging messaging,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.grants = grants;
        this.messaging = messaging;
        this.clock = clock;
    }

    /** Once for each run, however often it is told. */
    @Transactional
    public void record(CostRecorded recorded) {
        Optional<String> organization = workspaces
                .find(recorded.workspace())
                .map(Workspace::organizationId)
                .or(() -> organizations.byName(recorded.organization()).map(Organization::id));
        if (organization.isEmpty()) {
            LOG.infof(
                    "runId=%s workspaceId=%s: the organization is gone; its cost is not kept",
                    recorded.run(), recorded.workspace());
        } else if (store.add(recorded, organization.get())) {
            LOG.infof(
                    "runId=%s workspaceId=%s: costs %s %s a month now",
                    recorded.run(), recorded.workspace(), recorded.monthly(), recorded.currency());
        }
    }

    /**
     * What was spent in an organization, of the workspaces whose runs the caller may read; by currency, for nothing is converted.
     *
     * @param until points after this are left out
     */
    @Transactional
    public SortedMap<String, Spending> spending(
            Principal who, Organization organization, CostScope scope, Instant until) {
        return spending(points(who, organization, scope, until));
    }

    /** The same over several organizations. */
    @Transactional
    public SortedMap<String, Spending> spending(Principal who, List<Organization> several, Instant until) {
        List<CostPoint> points = new ArrayList<>();
        several.forEach(organization -> points.addAll(points(who, organization, CostScope.ALL, until)));
        return spending(points);
    }

    /** The workspace's points, the latest first. */
    @Transactional
    public List<CostPoint> history(Workspace workspace) {
        Map<String, CostStore.Known> one = store.known(workspace.organizationId()).stream()
                .filter(known -> known.id().equals(workspace.id().value()))
                .collect(Collectors.toMap(CostStore.Known::id, Function.identity()));
        return store.points(workspace.organizationId(), workspace.organizationName(), one, clock.instant());
    }

    void forget(@Observes WorkspaceDeletion deletion) {
        Workspace workspace = deletion.workspace();
        Instant now = clock.instant();
        store.end(workspace.organizationId(), workspace.id().value(), now);
        messaging.outbox().add(new WorkspaceForgotten(workspace.id(), now));
    }

    private static SortedMap<String, Spending> spending(List<CostPoint> points) {
        SortedMap<String, Spending> byCurrency = new TreeMap<>();
        points.stream()
                .collect(Collectors.groupingBy(CostPoint::currency))
                .forEach((currency, some) -> byCurrency.put(currency, new Spending(some)));
        return byCurrency;
    }

    private List<CostPoint> points(Principal who, Organization organization, CostScope scope, Instant until) {
        Map<String, CostStore.Known> readable = readable(who, organization.id(), scope);
        List<CostPoint> points = new ArrayList<>(store.points(organization.id(), organization.name(), readable, until));
        Map<String, CostPoint> last = new HashMap<>();
        points.forEach(point -> last.putIfAbsent(point.workspaceId(), point));
        store.ends(organization.id()).forEach((workspace, at) -> {
            CostPoint latest = last.get(workspace);
            if (latest != null && !at.isAfter(until)) {
                points.add(latest.ended(at));
            }
        });
        return points;
    }

    private Map<String, CostStore.Known> readable(Principal who, String organizationId, CostScope scope) {
        Map<Place, CostStore.Known> places = store.known(organizationId).stream()
                .filter(known -> scope.has(known.projectId(), known.id()))
                .collect(Collectors.toMap(
                        known -> Place.workspace(organizationId, known.projectId(), known.id()), Function.identity()));
        Map<Place, Rights> rights = grants.rights(who, organizationId, places.keySet());
        Map<String, CostStore.Known> readable = new HashMap<>();
        places.forEach((place, known) -> {
            if (rights.getOrDefault(place, Rights.NONE).may(Permission.READ_RUNS)) {
                readable.put(known.id(), known);
            }
        });
        return readable;
    }
}

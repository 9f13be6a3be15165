package io.terrafleet.api.admin;

import io.terrafleet.api.document.Page;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** The door to lists over all organizations. */
@ApplicationScoped
class AdminListings {
    private final AdminStore store;
    private final Workspaces workspaces;
    private final Runs runs;

    AdminListings(AdminStore store, Workspaces workspaces, Runs runs) {
        this.store = store;
        this.workspaces = workspaces;
        this.runs = runs;
    }

    /** A page of something, and how many there are in all. */
    record Listing<T>(List<T> items, long total) {}

    /** @param search part of a workspace's or an organization's name */
    @Transactional
    Listing<Workspace> workspaces(String search, Page page) {
        String pattern = Search.containing(search);
        return new Listing<>(
                store.workspaces(pattern, page.offset(), page.size()).stream()
                        .flatMap(id -> workspaces.find(new WorkspaceId(id)).stream())
                        .toList(),
                store.countWorkspaces(pattern));
    }

    /** @param search part of a run's id or of a workspace's or an organization's name */
    @Transactional
    Listing<Run> runs(String search, List<String> statuses, Page page) {
        String pattern = Search.containing(search);
        return new Listing<>(
                store.runs(pattern, statuses, page.offset(), page.size()).stream()
                        .flatMap(id -> runs.find(new RunId(id)).stream())
                        .toList(),
                store.countRuns(pattern, statuses));
    }
}

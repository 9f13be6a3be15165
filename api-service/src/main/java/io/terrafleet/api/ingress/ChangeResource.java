package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** What happened in an organization's repositories and what came of it. Ours, not of the TFE API. */
@Path("/api/v2")
@RunOnVirtualThread
public class ChangeResource {
    private final Changes changes;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    ChangeResource(Changes changes, Organizations organizations, Grants grants, Caller caller) {
        this.changes = changes;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("organizations/{organization}/repository-changes")
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_VCS_SETTINGS);
        Page page = Page.of(uri);
        return Documents.page(
                changes.list(organization.id(), page.offset(), page.size()).stream()
                        .map(this::view)
                        .toList(),
                page,
                changes.count(organization.id()),
                uri);
    }

    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("repository-changes/{change}")
    public Response show(@PathParam("change") String id) {
        return Documents.ok(view(permitted(id)));
    }

    /** For a pull request of a stranger: lets this one commit be planned, without anything sensitive. */
    @POST
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("repository-changes/{change}/actions/approve")
    public Response approve(@PathParam("change") String id) {
        permitted(id);
        return Documents.ok(view(changes.approve(id, caller.principal().name())));
    }

    private Change permitted(String id) {
        Change change = changes.find(id).orElseThrow(Problem::notFound);
        Repo repo = changes.repository(change.repositoryId()).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), repo.organizationId(), Permission.MANAGE_VCS_SETTINGS);
        return change;
    }

    private Resource view(Change change) {
        return Resource.of("repository-changes", change.id())
                .with("repository", changes.repository(change.repositoryId()).map(Repo::identifier))
                .with("kind", change.kind().word())
                .with("name", change.name())
                .with("commit-sha", change.commit())
                .with("status", change.state())
                .with("note", change.note())
                .with("origin", change.origin())
                .with("attempts", change.tries())
                .with("approved-by", change.approvedBy())
                .with("pull-request-url", change.details().pullRequest().map(PullRequest::url))
                .with("created-at", change.createdAt())
                .toMany(
                        "runs",
                        "runs",
                        change.outcomes().stream()
                                .flatMap(outcome -> outcome.run().stream())
                                .map(RunId::value)
                                .toList())
                .link("self", "/api/v2/repository-changes/" + change.id());
    }
}

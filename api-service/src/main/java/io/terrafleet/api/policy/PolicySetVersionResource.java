package io.terrafleet.api.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Versions of policy sets. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicySetVersionResource {
    private final PolicySetVersions versions;
    private final PolicySetRepositories repositories;
    private final PolicySets sets;
    private final PolicySetVersionView views;
    private final Grants grants;
    private final Caller caller;
    private final PublicUrl url;

    PolicySetVersionResource(
            PolicySetVersions versions,
            PolicySetRepositories repositories,
            PolicySets sets,
            PolicySetVersionView views,
            Grants grants,
            Caller caller,
            PublicUrl url) {
        this.versions = versions;
        this.repositories = repositories;
        this.sets = sets;
        this.views = views;
        this.grants = grants;
        this.caller = caller;
        this.url = url;
    }

    @POST
    @Needs(Permission.MANAGE_POLICIES)
    @Path("policy-sets/{id}/versions")
    public Response create(@PathParam("id") String setId) {
        PolicySet set = permitted(setId, Permission.MANAGE_POLICIES);
        PolicySetVersions.Promised promised = versions.create(setId);
        return Documents.created(views.of(promised.version(), set)
                .link(
                        "upload",
                        url.of(PolicySetUploadResource.path(promised.version().id(), promised.key()))));
    }

    /** The newest commit of the set's repository becomes its version; the one it has, when that is of this commit already. */
    @POST
    @Needs(Permission.MANAGE_POLICIES)
    @Path("policy-sets/{id}/actions/update")
    public Response update(@PathParam("id") String setId) {
        PolicySet set = permitted(setId, Permission.MANAGE_POLICIES);
        return Documents.ok(views.of(repositories.update(setId), set));
    }

    @GET
    @Needs(Permission.READ)
    @Path("policy-set-versions/{id}")
    public Response show(@PathParam("id") String id) {
        PolicySetVersion version = versions.find(id).orElseThrow(Problem::notFound);
        PolicySet set = permitted(version.policySetId(), Permission.READ);
        return Documents.ok(views.of(version, set));
    }

    private PolicySet permitted(String setId, Permission permission) {
        PolicySet set = sets.find(setId).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.organizationId(), permission);
        return set;
    }
}

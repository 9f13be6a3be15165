package io.terrafleet.api.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Versions of policy sets. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicySetVersionResource {
    private final PolicySetVersions versions;
    private final PolicySetRepositories repositories;
    private final PolicySets sets;
    private final Grants grants;
    private final Caller caller;
    private final PublicUrl url;

    PolicySetVersionResource(
            PolicySetVersions versions,
            PolicySetRepositories repositories,
            PolicySets sets,
            Grants grants,
            Caller caller,
            PublicUrl url) {
        this.versions = versions;
        this.repositories = repositories;
        this.sets = sets;
        this.grants = grants;
        this.caller = caller;
        this.url = url;
    }

    @POST
    @Needs(Permission.MANAGE_POLICIES)
    @Path("policy-sets/{id}/versions")
    public Response create(@PathParam("id") String setId) {
        permitted(setId, Permission.MANAGE_POLICIES);
        PolicySetVersions.Promised promised = versions.create(setId);
        return Documents.created(view(promised.version())
                .link(
                        "upload",
                        url.of(PolicySetUploadResource.path(promised.version().id(), promised.key()))));
    }

    /** The newest commit of the set's repository becomes its version; the one it has, when that is of this commit already. */
    @POST
    @Needs(Permission.MANAGE_POLICIES)
    @Path("policy-sets/{id}/actions/update")
    public Response update(@PathParam("id") String setId) {
        permitted(setId, Permission.MANAGE_POLICIES);
        return Documents.ok(view(repositories.update(setId)));
    }

    @GET
    @Needs(Permission.READ)
    @Path("policy-set-versions/{id}")
    public Response show(@PathParam("id") String id) {
        PolicySetVersion version = versions.find(id).orElseThrow(Problem::notFound);
        permitted(version.policySetId(), Permission.READ);
        return Documents.ok(view(version));
    }

    private void permitted(String setId, Permission permission) {
        PolicySet set = sets.find(setId).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.organizationId(), permission);
    }

    /** When it was begun, and when it became what it is. */
    private static Map<String, Instant> timestamps(PolicySetVersion version) {
        Map<String, Instant> timestamps = new LinkedHashMap<>();
        timestamps.put("pending-at", version.createdAt());
        if (!version.status().equals("pending")) {
            timestamps.put(version.status() + "-at", version.updatedAt());
        }
        return timestamps;
    }

    private static Map<String, Object> ingress(String commit, Optional<String> identifier) {
        Map<String, Object> ingress = new LinkedHashMap<>();
        ingress.put("commit-sha", commit);
        ingress.put("commit-url", identifier.flatMap(address -> commitUrl(address, commit)));
        ingress.put("identifier", identifier);
        return ingress;
    }

    /** Of a repository that is named by its whole address; the page of another is known to its host only. */
    private static Optional<String> commitUrl(String identifier, String commit) {
        return identifier.startsWith("https://")
                ? Optional.of(identifier.replaceFirst("(\\.git)?/*$", "") + "/commit/" + commit)
                : Optional.empty();
    }

    static Resource view(PolicySetVersion version) {
        return Resource.of("policy-set-versions", version.id())
                .with("source", version.source())
                .with("commit-sha", version.commit())
                .with("status", version.status())
                .with("status-timestamps", timestamps(version))
                .with("ingress-attributes", version.commit().map(commit -> ingress(commit, version.identifier())))
                .with("error", version.error().map(error -> "invalid"))
                .with("error-message", version.error())
                .with("created-at", version.createdAt())
                .with("updated-at", version.updatedAt())
                .toOne("policy-set", "policy-sets", version.policySetId())
                .link("self", "/api/v2/policy-set-versions/" + version.id());
    }
}

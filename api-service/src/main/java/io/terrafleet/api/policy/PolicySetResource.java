package io.terrafleet.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policy sets, what they hold, and where they apply. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicySetResource {
    private final PolicySets sets;
    private final PolicySetContents contents;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    PolicySetResource(
            PolicySets sets, PolicySetContents contents, Organizations organizations, Grants grants, Caller caller) {
        this.sets = sets;
        this.contents = contents;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/policy-sets")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        String search = Optional.ofNullable(uri.getQueryParameters().getFirst("search[name]"))
                .orElse("");
        if (!PolicyResource.ofKind(uri)) {
            return Documents.page(List.of(), page, 0, uri);
        }
        return Documents.page(
                sets.list(organization.id(), search, page.offset(), page.size()).stream()
                        .map(set -> PolicyView.of(set, organization.name()))
                        .toList(),
                page,
                sets.count(organization.id(), search),
                uri);
    }

    @POST
    @Path("organizations/{organization}/policy-sets")
    @Needs(Permission.MANAGE_POLICIES)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        PolicyResource.requireOpa(request);
        Map<Reach, List<String>> targets = new EnumMap<>(Reach.class);
        for (Reach reach : Reach.values()) {
            targets.put(reach, ids(request.relatedList(reach.word()), reach.word()));
        }
        PolicySet created = contents.create(
                organization.id(), settings(request), ids(request.relatedList("policies"), "policies"), targets);
        return Documents.created(PolicyView.of(created, organization.name()));
    }

    @GET
    @Path("policy-sets/{id}")
    @Needs(Permission.READ)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(view(permitted(id, Permission.READ)));
    }

    @PATCH
    @Path("policy-sets/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response change(@PathParam("id") String id, InputStream body) {
        permitted(id, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        return Documents.ok(view(sets.change(id, settings(request))));
    }

    @DELETE
    @Path("policy-sets/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response delete(@PathParam("id") String id) {
        permitted(id, Permission.MANAGE_POLICIES);
        sets.delete(id);
        return Response.noContent().build();
    }

    /** @param relationship {@code policies}, or the word of a {@link Reach} */
    @POST
    @Path("policy-sets/{id}/relationships/{relationship}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response add(@PathParam("id") String id, @PathParam("relationship") String relationship, InputStream body) {
        permitted(id, Permission.MANAGE_POLICIES);
        List<String> ids = ids(RequestDocument.read(body).list(), relationship);
        if (relationship.equals("policies")) {
            contents.addPolicies(id, ids);
        } else {
            contents.attach(id, Reach.of(relationship).orElseThrow(Problem::notFound), ids);
        }
        return Response.noContent().build();
    }

    @DELETE
    @Path("policy-sets/{id}/relationships/{relationship}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response remove(
            @PathParam("id") String id, @PathParam("relationship") String relationship, InputStream body) {
        permitted(id, Permission.MANAGE_POLICIES);
        List<String> ids = ids(RequestDocument.read(body).list(), relationship);
        if (relationship.equals("policies")) {
            contents.removePolicies(id, ids);
        } else {
            contents.detach(id, Reach.of(relationship).orElseThrow(Problem::notFound), ids);
        }
        return Response.noContent().build();
    }

    private PolicySet permitted(String id, Permission permission) {
        PolicySet set = sets.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.organizationId(), permission);
        return set;
    }

    private Resource view(PolicySet set) {
        return PolicyView.of(
                set,
                organizations.find(set.organizationId()).map(Organization::name).orElseThrow(Problem::notFound));
    }

    private static PolicySetSettings settings(RequestDocument request) {
        return new PolicySetSettings(
                request.text("name"),
                request.text("description"),
                request.flag("global"),
                request.flag("overridable"),
                TermsSettings.read(request),
                SourceSettings.read(request));
    }

    private static List<String> ids(List<JsonNode> linkage, String relationship) {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : linkage) {
            if (!entry.path("id").isTextual()) {
                throw Problem.invalidRelationship(relationship, "Every entry of the relationship needs an \"id\"");
            }
            ids.add(entry.path("id").textValue().replace("\0", "?"));
        }
        return ids;
    }
}

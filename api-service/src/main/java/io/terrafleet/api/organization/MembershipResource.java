package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
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
import java.util.List;
import java.util.Optional;

/**
 * Who belongs to an organization, over HTTP. The attribute {@code role} (owner, writer, planner, reader) is ours: there are no teams
 * yet to carry permissions. A member is a user who exists; nobody is invited by mail.
 */
@Path("/api/v2")
@RunOnVirtualThread
public class MembershipResource {
    private final Memberships memberships;
    private final Organizations organizations;
    private final Users users;
    private final Grants grants;
    private final Caller caller;

    MembershipResource(
            Memberships memberships, Organizations organizations, Users users, Grants grants, Caller caller) {
        this.memberships = memberships;
        this.organizations = organizations;
        this.users = users;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/organization-memberships")
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        List<Membership> members = memberships.of(organization.id(), page.offset(), page.size());
        return Documents.page(
                members.stream().map(member -> view(member, organization)).toList(),
                members.stream()
                        .map(member -> UserView.of(member.user(), caller.principal()))
                        .toList(),
                page,
                memberships.count(organization.id()),
                uri);
    }

    /** Attributes {@code email} or {@code username} of a user who exists, and optionally {@code role}, {@code reader} unless told. */
    @POST
    @Path("organizations/{organization}/organization-memberships")
    public Response add(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.OWN);
        RequestDocument document = RequestDocument.read(body);
        Users.User user = user(document);
        Membership added =
                memberships.add(organization.id(), user.id(), role(document).orElse(Role.READER));
        return Documents.created(view(added, organization));
    }

    @GET
    @Path("organization-memberships/{membership}")
    public Response show(@PathParam("membership") String id) {
        Membership membership = permitted(id, Permission.READ);
        return Documents.ok(view(membership, organization(membership)));
    }

    /** Changes the {@code role}. */
    @PATCH
    @Path("organization-memberships/{membership}")
    public Response change(@PathParam("membership") String id, InputStream body) {
        Membership membership = permitted(id, Permission.OWN);
        Role role = role(RequestDocument.read(body)).orElseThrow(() -> Problem.invalid("role", "Role can't be blank"));
        return Documents.ok(view(memberships.change(membership.id(), role), organization(membership)));
    }

    /** An owner may remove anybody, and a member may leave. */
    @DELETE
    @Path("organization-memberships/{membership}")
    public Response remove(@PathParam("membership") String id) {
        Membership membership = permitted(id, Permission.READ);
        Principal who = caller.principal();
        if (!who.isUser() || !membership.user().id().equals(who.id())) {
            grants.require(who, membership.organizationId(), Permission.OWN);
        }
        memberships.remove(membership.id());
        return Response.noContent().build();
    }

    private Membership permitted(String id, Permission permission) {
        Membership membership = memberships.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), membership.organizationId(), permission);
        return membership;
    }

    private Organization organization(Membership membership) {
        return organizations.find(membership.organizationId()).orElseThrow(Problem::notFound);
    }

    private Users.User user(RequestDocument document) {
        Optional<String> username = document.text("username");
        return username.map(users::findByName)
                .orElseGet(() -> users.findByEmail(document.required("email")))
                .orElseThrow(
                        () -> Problem.invalid(
                                username.isPresent() ? "username" : "email",
                                "There is no one user of that name or address; a site administrator makes users with POST /api/v2/admin/users"));
    }

    private static Optional<Role> role(RequestDocument document) {
        return document.text("role").map(word -> Role.named(word)
                .orElseThrow(() -> Problem.invalid("role", "Role must be owner, writer, planner or reader")));
    }

    private Resource view(Membership membership, Organization organization) {
        boolean mail = grants.allows(caller.principal(), organization.id(), Permission.OWN)
                || membership.user().id().equals(caller.principal().id());
        return Resource.of("organization-memberships", membership.id())
                .with("status", "active")
                .with("email", mail ? membership.user().email() : null)
                .with("role", membership.role().word())
                .with("created-at", membership.createdAt())
                .with("is-org-two-factor-required", false)
                .toOne("organization", "organizations", organization.name())
                .toOne("user", "users", membership.user().id())
                .toMany("teams", "teams", List.of())
                .link("self", "/api/v2/organization-memberships/" + membership.id());
    }
}

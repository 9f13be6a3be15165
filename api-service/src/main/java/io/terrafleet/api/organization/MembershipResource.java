package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who belongs to an organization, over HTTP. An address that no user has yet is invited: the membership waits until a user with that
 * address is made.
 */
@Path("/api/v2")
@RunOnVirtualThread
public class MembershipResource {
    private final Memberships memberships;
    private final Organizations organizations;
    private final Teams teams;
    private final Users users;
    private final LinkedMemberships linked;
    private final Grants grants;
    private final Caller caller;

    MembershipResource(
            Memberships memberships,
            Organizations organizations,
            Teams teams,
            Users users,
            LinkedMemberships linked,
            Grants grants,
            Caller caller) {
        this.memberships = memberships;
        this.organizations = organizations;
        this.teams = teams;
        this.users = users;
        this.linked = linked;
        this.grants = grants;
        this.caller = caller;
    }

    /** Filters {@code filter[status]}, {@code filter[email]} and {@code q}. */
    @GET
    @Path("organizations/{organization}/organization-memberships")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        Memberships.Wanted wanted = new Memberships.Wanted(
                parameter(uri, "filter[status]"),
                parameter(uri, "filter[email]").stream()
                        .flatMap(text -> Arrays.stream(text.split(",", 101)))
                        .limit(100)
                        .toList(),
                Search.containing(parameter(uri, "q").orElse("")));
        List<Membership> members = memberships.of(organization.id(), wanted, page.offset(), page.size());
        return Documents.page(
                members.stream().map(member -> view(member, organization)).toList(),
                members.stream()
                        .map(member -> UserView.of(member.user(), caller.principal()))
                        .toList(),
                page,
                memberships.count(organization.id(), wanted),
                uri);
    }

    /** Attribute {@code email}, or {@code username} of a user who exists; relationship {@code teams} to join. */
    @POST
    @Path("organizations/{organization}/organization-memberships")
    @Needs(Permission.MANAGE_MEMBERSHIP)
    public Response add(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_MEMBERSHIP);
        RequestDocument document = RequestDocument.read(body);
        List<String> into = document.relatedList("teams").stream()
                .map(team -> joinable(organization, team.path("id").asText("")))
                .toList();
        Membership added = document.text("username")
                .map(username -> teams.admit(organization.id(), user(username).id(), into))
                .orElseGet(() -> teams.invite(organization.id(), document.required("email"), into));
        return Documents.created(view(added, organization));
    }

    @GET
    @Path("organization-memberships/{membership}")
    @Needs(Permission.READ)
    public Response show(@PathParam("membership") String id) {
        Membership membership = permitted(id);
        return Documents.ok(
                view(membership, organization(membership)),
                List.of(UserView.of(membership.user(), caller.principal())));
    }

    /** Who manages memberships may remove anybody, an owner only another owner; and a member may leave. */
    @DELETE
    @Path("organization-memberships/{membership}")
    @Needs(Permission.READ)
    public Response remove(@PathParam("membership") String id) {
        Membership membership = permitted(id);
        Principal who = caller.principal();
        if (!who.isUser() || !membership.user().id().equals(who.id())) {
            grants.require(who, membership.organizationId(), Permission.MANAGE_MEMBERSHIP);
            boolean owner = membership.teams().stream()
                    .flatMap(team -> teams.find(team).stream())
                    .anyMatch(Teams.Team::owners);
            if (owner) {
                grants.require(who, membership.organizationId(), Permission.OWN);
            }
        }
        memberships.remove(membership.id());
        return Response.noContent().build();
    }

    private String joinable(Organization organization, String teamId) {
        Teams.Team team = teams.find(teamId)
                .filter(found -> found.organizationId().equals(organization.id()))
                .orElseThrow(() -> Problem.invalidRelationship(
                        "teams", "There is no team \"" + teamId + "\" in this organization"));
        if (team.owners()) {
            grants.require(caller.principal(), organization.id(), Permission.OWN);
        }
        return team.id();
    }

    private Membership permitted(String id) {
        Membership membership = memberships.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), membership.organizationId(), Permission.READ);
        return membership;
    }

    private Organization organization(Membership membership) {
        return organizations.find(membership.organizationId()).orElseThrow(Problem::notFound);
    }

    private Users.User user(String username) {
        return users.findByName(username)
                .filter(user -> !user.invited())
                .orElseThrow(() -> Problem.invalid(
                        "username", "There is no user of that name; invite by email, or make one under admin/users"));
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> !text.isBlank());
    }

    private Resource view(Membership membership, Organization organization) {
        return linked.view(membership, organization);
    }
}

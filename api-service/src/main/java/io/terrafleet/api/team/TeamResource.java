package io.terrafleet.api.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.OrganizationAccess;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.TeamQuery;
import io.terrafleet.api.access.TeamSettings;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Teams over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class TeamResource {
    private final Teams teams;
    private final VisibleTeams visible;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    TeamResource(Teams teams, VisibleTeams visible, Organizations organizations, Grants grants, Caller caller) {
        this.teams = teams;
        this.visible = visible;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    /** By name; {@code filter[names]=a,b} compares exactly, {@code q} searches in the name. */
    @GET
    @Path("organizations/{organization}/teams")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        TeamQuery wanted = new TeamQuery(
                organization.id(),
                parameter(uri, "filter[names]").stream()
                        .flatMap(text -> Arrays.stream(text.split(",", 101)))
                        .limit(100)
                        .toList(),
                Search.containing(parameter(uri, "q").orElse("")),
                visible.maySeeSecret(caller.principal(), organization.id()),
                caller.principal().id());
        return Documents.page(
                teams.list(wanted, page.offset(), page.size()).stream()
                        .map(team -> view(team, organization))
                        .toList(),
                page,
                teams.count(wanted),
                uri);
    }

    @POST
    @Path("organizations/{organization}/teams")
    @Needs(Permission.MANAGE_TEAMS)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_TEAMS);
        RequestDocument document = RequestDocument.read(body);
        document.required("name");
        TeamSettings settings = settings(document, organization.id());
        return Documents.created(view(teams.create(organization.id(), settings), organization));
    }

    /** {@code include=users} shows who is in it. */
    @GET
    @Path("teams/{team}")
    @Needs(Permission.READ)
    public Response show(@PathParam("team") String id, @QueryParam("include") @Nullable String include) {
        Team team = visible.permitted(caller.principal(), id, Permission.READ);
        List<Resource> included =
                include != null && Arrays.asList(include.split(",", 20)).contains("users")
                        ? teams.members(id).stream()
                                .map(user -> UserView.of(user, caller.principal()))
                                .toList()
                        : List.of();
        return Documents.ok(view(team, organization(team)), included);
    }

    @PATCH
    @Path("teams/{team}")
    @Needs(Permission.MANAGE_TEAMS)
    public Response change(@PathParam("team") String id, InputStream body) {
        Team team = manageable(id);
        TeamSettings settings = settings(RequestDocument.read(body), team.organizationId());
        return Documents.ok(view(teams.change(id, settings), organization(team)));
    }

    @DELETE
    @Path("teams/{team}")
    @Needs(Permission.MANAGE_TEAMS)
    public Response delete(@PathParam("team") String id) {
        teams.delete(manageable(id).id());
        return Response.noContent().build();
    }

    private Team manageable(String id) {
        Team team = visible.permitted(caller.principal(), id, Permission.MANAGE_TEAMS);
        if (team.owners()) {
            grants.require(caller.principal(), team.organizationId(), Permission.OWN);
        }
        return team;
    }

    private TeamSettings settings(RequestDocument document, String organizationId) {
        Map<OrganizationAccess, Boolean> access = access(document.raw("organization-access"));
        if (!access.isEmpty()) {
            grants.require(caller.principal(), organizationId, Permission.MANAGE_ORGANIZATION_ACCESS);
        }
        return new TeamSettings(
                document.text("name"),
                document.text("visibility"),
                document.isNull("sso-team-id") ? Optional.of("") : document.text("sso-team-id"),
                document.flag("allow-member-token-management"),
                access);
    }

    /** Words that nobody knows are passed over: there are some for things that are not served. */
    private static Map<OrganizationAccess, Boolean> access(JsonNode node) {
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw Problem.invalid("organization-access", "Organization access must be an object of true and false");
        }
        Map<OrganizationAccess, Boolean> access = new EnumMap<>(OrganizationAccess.class);
        for (OrganizationAccess one : OrganizationAccess.values()) {
            JsonNode flag = node.path(one.word());
            if (flag.isBoolean()) {
                access.put(one, flag.booleanValue());
            } else if (!flag.isMissingNode() && !flag.isNull()) {
                throw Problem.invalid("organization-access", one.word() + " must be true or false");
            }
        }
        return access;
    }

    private Organization organization(Team team) {
        return organizations.find(team.organizationId()).orElseThrow(Problem::notFound);
    }

    private Resource view(Team team, Organization organization) {
        return TeamView.of(
                team,
                organization.name(),
                teams.members(team.id()),
                teams.memberships(team.id()),
                grants.rights(caller.principal(), organization.id()));
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> !text.isBlank());
    }
}

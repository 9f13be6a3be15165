package io.terrafleet.api.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** Who is in a team, by the names of users or by the ids of their organization memberships. */
@Path("/api/v2")
@RunOnVirtualThread
public class TeamMemberResource {
    private final Teams teams;
    private final VisibleTeams visible;
    private final Memberships memberships;
    private final Users users;
    private final Grants grants;
    private final Caller caller;

    TeamMemberResource(
            Teams teams, VisibleTeams visible, Memberships memberships, Users users, Grants grants, Caller caller) {
        this.teams = teams;
        this.visible = visible;
        this.memberships = memberships;
        this.users = users;
        this.grants = grants;
        this.caller = caller;
    }

    /** The ids are names of users. */
    @POST
    @Path("teams/{team}/relationships/users")
    @Needs(Permission.MANAGE_MEMBERSHIP)
    public Response addUsers(@PathParam("team") String id, InputStream body) {
        teams.join(permitted(id).id(), byName(body));
        return Response.noContent().build();
    }

    @DELETE
    @Path("teams/{team}/relationships/users")
    @Needs(Permission.MANAGE_MEMBERSHIP)
    public Response removeUsers(@PathParam("team") String id, InputStream body) {
        teams.leave(permitted(id).id(), byName(body));
        return Response.noContent().build();
    }

    @POST
    @Path("teams/{team}/relationships/organization-memberships")
    @Needs(Permission.MANAGE_MEMBERSHIP)
    public Response addMemberships(@PathParam("team") String id, InputStream body) {
        Team team = permitted(id);
        teams.join(team.id(), byMembership(team, body));
        return Response.noContent().build();
    }

    @DELETE
    @Path("teams/{team}/relationships/organization-memberships")
    @Needs(Permission.MANAGE_MEMBERSHIP)
    public Response removeMemberships(@PathParam("team") String id, InputStream body) {
        Team team = permitted(id);
        teams.leave(team.id(), byMembership(team, body));
        return Response.noContent().build();
    }

    /** Only an owner makes owners. */
    private Team permitted(String id) {
        Team team = visible.permitted(caller.principal(), id, Permission.MANAGE_MEMBERSHIP);
        if (team.owners()) {
            grants.require(caller.principal(), team.organizationId(), Permission.OWN);
        }
        return team;
    }

    private List<String> byName(InputStream body) {
        return RequestDocument.read(body).list().stream()
                .map(TeamMemberResource::id)
                .map(name -> users.findByName(name)
                        .map(Users.User::id)
                        .orElseThrow(() -> Problem.unprocessable("There is no user \"" + name + "\".")))
                .toList();
    }

    private List<String> byMembership(Team team, InputStream body) {
        return RequestDocument.read(body).list().stream()
                .map(TeamMemberResource::id)
                .map(id -> memberships
                        .find(id)
                        .filter(found -> found.organizationId().equals(team.organizationId()))
                        .map(Membership::user)
                        .map(Users.User::id)
                        .orElseThrow(() ->
                                Problem.unprocessable("There is no membership \"" + id + "\" in this organization.")))
                .toList();
    }

    private static String id(JsonNode linkage) {
        String id = linkage.path("id").asText("");
        if (id.isEmpty() || id.length() > 100 || id.indexOf('\0') >= 0) {
            throw Problem.unprocessable("Each entry of \"data\" must carry an id of at most 100 characters.");
        }
        return id;
    }
}

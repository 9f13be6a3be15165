package io.terrafleet.api;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Accesses;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.TeamSettings;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.OrganizationSettings;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceSettings;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes what a test needs of its own: an organization with its owner, members, workspaces; and speaks HTTP for them. */
@ApplicationScoped
public class Tenant {
    private final Users users;
    private final Tokens tokens;
    private final Memberships memberships;
    private final Teams teams;
    private final Accesses accesses;
    private final Organizations organizations;
    private final Projects projects;
    private final Workspaces workspaces;
    private final RandomGenerator random;

    Tenant(
            Users users,
            Tokens tokens,
            Memberships memberships,
            Teams teams,
            Accesses accesses,
            Organizations organizations,
            Projects projects,
            Workspaces workspaces,
            @Identifier("api") RandomGenerator random) {
        this.users = users;
        this.tokens = tokens;
        this.memberships = memberships;
        this.teams = teams;
        this.accesses = accesses;
        this.organizations = organizations;
        this.projects = projects;
        this.workspaces = workspaces;
        this.random = random;
    }

    /** A person with a token. */
    public record Person(Principal principal, String token) {
        public RequestSpecification asks() {
            return RestAssured.given()
                    .urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + token)
                    .contentType("application/vnd.api+json");
        }
    }

    /** An organization and the person who owns it. */
    public record Company(Organization organization, Person owner) {
        public String id() {
            return organization.id();
        }

        public String name() {
            return organization.name();
        }
    }

    public Person person() {
        String name = Ids.make("p", random);
        Users.User user = users.ensure(name, name + "@example.com", false);
        String token = tokens.issueForUser(user.id(), "test", Optional.empty()).secret();
        return new Person(new Principal(user.id(), user.username(), false, Optional.empty()), token);
    }

    public Person siteAdministrator() {
        String name = Ids.make("root", random);
        Users.User user = users.ensure(name, name + "@example.com", true);
        String token = tokens.issueForUser(user.id(), "test", Optional.empty()).secret();
        return new Person(new Principal(user.id(), user.username(), true, Optional.empty()), token);
    }

    public Company company() {
        Person owner = person();
        String name = Ids.make("org", random);
        return new Company(
                organizations.create(owner.principal(), OrganizationSettings.of(name, "ops@example.com")), owner);
    }

    public Person member(Company company, Role role) {
        Person person = person();
        memberships.add(company.id(), person.principal().id());
        Teams.Team team = teams.byName(company.id(), role.team())
                .orElseGet(() -> teams.create(company.id(), TeamSettings.named(role.team(), role.access())));
        teams.join(team.id(), List.of(person.principal().id()));
        return person;
    }

    /** A member who has something in this one workspace and nothing else. */
    public Person guest(Company company, Workspace workspace, WorkspaceAccess access) {
        Person person = person();
        memberships.add(company.id(), person.principal().id());
        Teams.Team team = teams.create(company.id(), TeamSettings.named(Ids.make("t", random)));
        teams.join(team.id(), List.of(person.principal().id()));
        accesses.giveWorkspace(team.id(), workspace.id().value(), access);
        return person;
    }

    public String standardProject(Company company) {
        return projects.standardOf(company.id()).id();
    }

    public Workspace workspace(Company company) {
        return workspaces.create(company.id(), WorkspaceSettings.named(Ids.make("w", random)));
    }
}

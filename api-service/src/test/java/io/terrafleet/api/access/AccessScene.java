package io.terrafleet.api.access;

import static io.terrafleet.api.access.Permission.*;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Routes.Route;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.NewConfiguration;
import io.terrafleet.api.identity.Workload;
import io.terrafleet.api.identity.WorkloadTokens;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.variable.VariableSettings;
import io.terrafleet.api.variable.Variables;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.TarGz;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A company with one of everything that the addresses of the API name, and one caller of every kind. */
@ApplicationScoped
class AccessScene {
    private static final Set<Permission> READING =
            Set.of(READ, READ_RUNS, READ_VARIABLES, READ_STATE_OUTPUTS, READ_STATE);
    private static final Set<Permission> PLANNING = and(READING, PLAN, QUEUE_RUNS);
    private static final Set<Permission> WRITING =
            and(PLANNING, WRITE, APPLY_RUNS, WRITE_VARIABLES, WRITE_STATE, READ_SENTINEL_MOCKS, LOCK_WORKSPACE);
    private static final Set<Permission> ADMINISTERING = and(
            WRITING,
            ADMIN,
            UPDATE_WORKSPACE,
            DELETE_WORKSPACE,
            FORCE_UNLOCK,
            READ_PLAN_JSON,
            MANAGE_WORKSPACE_RUN_TASKS,
            MANAGE_WORKSPACE_TEAMS);
    private static final Set<Permission> OWNING = EnumSet.complementOf(EnumSet.of(SITE_ADMIN, SELF));
    private static final Set<Permission> SETTING_UP = EnumSet.complementOf(EnumSet.of(
            SITE_ADMIN, SELF, PLAN, QUEUE_RUNS, APPLY_RUNS, WRITE_STATE, OVERRIDE_POLICIES, OVERRIDE_RUN_POLICIES));

    /** Callers, and what the documentation lets them do in a workspace and elsewhere in its organization. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes the sets
    enum Kind {
        NOBODY(Set.of(), Set.of()),
        BAD_TOKEN(Set.of(), Set.of()),
        EXPIRED(Set.of(), Set.of()),
        STRANGER(Set.of(), Set.of()),
        MEMBER(Set.of(), Set.of(READ)),
        READER(READING, Set.of(READ)),
        PLANNER(PLANNING, Set.of(READ)),
        WRITER(WRITING, Set.of(READ)),
        ADMINISTRATOR(ADMINISTERING, Set.of(READ)),
        TEAM_TOKEN(ADMINISTERING, Set.of(READ)),
        OWNER(OWNING, OWNING),
        ORGANIZATION_TOKEN(SETTING_UP, SETTING_UP),
        AUDIT_TOKEN(Set.of(), Set.of(READ_AUDIT_TRAIL)),
        AGENT_TOKEN(Set.of(), Set.of()),
        RUN_TOKEN(Set.of(), Set.of()),
        SITE_ADMINISTRATOR(EnumSet.allOf(Permission.class), EnumSet.allOf(Permission.class));

        private final Set<Permission> inWorkspace;
        private final Set<Permission> elsewhere;

        Kind(Set<Permission> inWorkspace, Set<Permission> elsewhere) {
            this.inWorkspace = inWorkspace;
            this.elsewhere = elsewhere;
        }

        boolean known() {
            return this != NOBODY && this != BAD_TOKEN && this != EXPIRED;
        }

        boolean may(Route route) {
            if (this == RUN_TOKEN) {
                return OF_RUNS.contains(route.toString()) || route.toString().startsWith("GET /api/registry/v1/");
            }
            Permission needed = route.needs().orElseThrow().value();
            if (needed == KNOWN) {
                return known();
            }
            if (needed == SELF) {
                return this == OWNER || this == SITE_ADMINISTRATOR;
            }
            return at(route).contains(needed);
        }

        /** What may not be seen does not exist. */
        Set<Integer> refusals(Route route) {
            if (!known() || this == RUN_TOKEN) {
                return Set.of(401);
            }
            Permission needed = route.needs().orElseThrow().value();
            boolean hidden =
                    needed == SELF || needed == SITE_ADMIN || !at(route).contains(READ);
            return hidden ? Set.of(404) : Set.of(403, 404);
        }

        private Set<Permission> at(Route route) {
            return ofWorkspace(route) ? inWorkspace : elsewhere;
        }
    }

    /** All that the token of a run is good for: reading states and its organization's registry. */
    private static final Set<String> OF_RUNS = Set.of(
            "GET /api/v2/ping",
            "GET /api/v2/account/details",
            "GET /api/v2/organizations/{organization}",
            "GET /api/v2/organizations/{organization}/entitlement-set",
            "GET /api/v2/organizations/{organization}/workspaces/{workspace}",
            "GET /api/v2/workspaces/{workspace}",
            "GET /api/v2/workspaces/{workspace}/current-state-version",
            "GET /api/v2/workspaces/{workspace}/current-state-version-outputs",
            "GET /api/v2/state-versions/{id}",
            "GET /api/v2/state-versions/{id}/download",
            "GET /api/v2/state-versions/{id}/json-download",
            "GET /api/v2/state-versions/{id}/outputs",
            "GET /api/v2/state-version-outputs/{id}");

    private static final List<String> OF_WORKSPACES = List.of(
            "{workspace}",
            "{run}",
            "{plan}",
            "{apply}",
            "{variable}",
            "/runs",
            "/api/v2/vars",
            "/state-version",
            "/configuration-versions/",
            "/cost-estimates/",
            "/task-stages/",
            "/policy-evaluations/",
            "/policy-checks/",
            "/team-workspaces",
            "/run-triggers/",
            "/run-events/",
            "/comments/",
            "/notification-configurations/",
            "/plan-exports",
            "/queries",
            "/tags/{tag}");
    private static final List<String> ELSEWHERE = List.of("{organization}/runs", "/varsets/{set}");

    private static boolean ofWorkspace(Route route) {
        return ELSEWHERE.stream().noneMatch(part -> route.template().contains(part))
                && OF_WORKSPACES.stream().anyMatch(part -> route.template().contains(part));
    }

    private static Set<Permission> and(Set<Permission> less, Permission... more) {
        EnumSet<Permission> all = EnumSet.copyOf(less);
        all.addAll(List.of(more));
        return all;
    }

    private final Tenant tenant;
    private final Tokens tokens;
    private final Users users;
    private final Teams teams;
    private final Accesses accesses;
    private final Memberships memberships;
    private final Projects projects;
    private final Variables variables;
    private final Configurations configurations;
    private final Runs runs;
    private final SceneThings things;
    private final WorkloadTokens workloads;
    private final AgroalDataSource database;

    AccessScene(
            Tenant tenant,
            Tokens tokens,
            Users users,
            Teams teams,
            Accesses accesses,
            Memberships memberships,
            Projects projects,
            Variables variables,
            Configurations configurations,
            Runs runs,
            SceneThings things,
            WorkloadTokens workloads,
            @DataSource("api") AgroalDataSource database) {
        this.database = database;
        this.tenant = tenant;
        this.tokens = tokens;
        this.users = users;
        this.teams = teams;
        this.accesses = accesses;
        this.memberships = memberships;
        this.projects = projects;
        this.variables = variables;
        this.configurations = configurations;
        this.runs = runs;
        this.things = things;
        this.workloads = workloads;
    }

    /** @param names what the parameters of addresses stand for, the longest context first */
    record Scene(Map<Kind, String> tokens, Map<String, String> names, Map<String, String> bodies) {
        Optional<String> token(Kind kind) {
            return Optional.ofNullable(tokens.get(kind));
        }

        String body(Route route) {
            return bodies.getOrDefault(route.toString(), "{}");
        }

        /** Whether it has something for every parameter. */
        boolean names(Route route) {
            return !filled(route).contains("{");
        }

        String address(Route route) {
            return filled(route).replaceAll("\\{[^}]*}", "none") + query(route);
        }

        private String filled(Route route) {
            String address = route.template();
            for (Map.Entry<String, String> name : names.entrySet()) {
                address = address.replace(name.getKey(), name.getValue());
            }
            return address;
        }

        private String query(Route route) {
            String organization = names.get("{organization}");
            return switch (route.toString()) {
                case "GET /api/v2/vars", "GET /api/v2/state-versions" ->
                    "?filter%5Borganization%5D%5Bname%5D=" + organization + "&filter%5Bworkspace%5D%5Bname%5D="
                            + names.get("workspace name");
                case "GET /api/v2/workspaces/{workspace}/run-triggers" -> "?filter%5Brun-trigger%5D%5Btype%5D=inbound";
                case "GET /api/v2/team-workspaces" -> "?filter%5Bworkspace%5D%5Bid%5D=" + names.get("{workspace}");
                case "GET /api/v2/team-projects" -> "?filter%5Bproject%5D%5Bid%5D=" + names.get("{project}");
                case "GET /api/v2/organization/audit-trail" -> "?organization=" + organization;
                default -> "";
            };
        }
    }

    Scene make() {
        Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        Map<Kind, String> callers = callers(company, workspace);
        Teams.Team team = teams.create(
                company.id(),
                new TeamSettings(
                        Optional.of("seen"),
                        Optional.of("organization"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
        String project = projects.standardOf(company.id()).id();
        Map<String, String> names = new java.util.LinkedHashMap<>();
        Run run = run(company, workspace);
        String tail = run.id().value().substring("run-".length());
        callers.put(Kind.RUN_TOKEN, tokenOf(company, workspace, run));
        judgedByLegacySets(run);
        names.put("workspace name", workspace.name());
        names.put(
                "organizations/{organization}/workspaces/{workspace}",
                "organizations/" + company.name() + "/workspaces/" + workspace.name());
        names.putAll(things.names(company, workspace, run, run(company, workspace), variable()));
        names.put("{organization}", company.name());
        names.put("{workspace}", workspace.id().value());
        names.put("{project}", project);
        names.put("{team}", team.id());
        names.put("{user}", company.owner().principal().id());
        names.put("{run}", run.id().value());
        names.put("{plan}", "plan-" + tail);
        names.put("{apply}", "apply-" + tail);
        names.put("cost-estimates/{id}", "cost-estimates/ce-" + tail);
        names.put("task-stages/{id}", "task-stages/ts-" + tail);
        names.put("policy-checks/{id}", "policy-checks/polchk-" + tail);
        names.put("policy-evaluations/{id}", "policy-evaluations/poleval-" + tail);
        names.put("{variable}", variables.create(workspace.id(), variable()).id());
        names.put(
                "{membership}",
                memberships
                        .of(company.id(), company.owner().principal().id())
                        .orElseThrow()
                        .id());
        names.put(
                "team-workspaces/{id}",
                "team-workspaces/"
                        + accesses.giveWorkspace(team.id(), workspace.id().value(), WorkspaceAccess.READ)
                                .id());
        names.put(
                "team-projects/{id}",
                "team-projects/"
                        + accesses.giveProject(team.id(), project, ProjectAccess.READ)
                                .id());
        return new Scene(callers, names, bodies(workspace, project, "plan-" + tail));
    }

    private String tokenOf(Company company, Workspace workspace, Run run) {
        Workload workload = new Workload(
                company.id(),
                company.name(),
                workspace.projectId(),
                workspace.projectName(),
                workspace.id().value(),
                workspace.name(),
                run.id().value(),
                "plan");
        return workloads.of(workload, Map.of(), Duration.ofHours(1)).getFirst().token();
    }

    private static VariableSettings variable() {
        return new VariableSettings(
                Optional.of("a"),
                Optional.of("1"),
                Optional.of("env"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Map<String, String> bodies(Workspace workspace, String project, String plan) {
        String ofPlan =
                """
                {"data":{"attributes":{"data-type":"sentinel-mock-bundle-v0"},"relationships":{"plan":{"data":{"type":"plans","id":"%s"}}}}}"""
                        .formatted(plan);
        String ofWorkspace =
                """
                {"data":{"attributes":{},"relationships":{"workspace":{"data":{"type":"workspaces","id":"%s"}}}}}"""
                        .formatted(workspace.id());
        String ofProject =
                """
                {"data":{"attributes":{},"relationships":{"project":{"data":{"type":"projects","id":"%s"}}}}}"""
                        .formatted(project);
        Map<String, String> bodies = new HashMap<>(SceneThings.bodies(workspace));
        bodies.put("POST /api/v2/runs", ofWorkspace);
        bodies.put("POST /api/v2/vars", ofWorkspace);
        bodies.put("POST /api/v2/queries", ofWorkspace);
        bodies.put("POST /api/v2/plan-exports", ofPlan);
        bodies.put("POST /api/v2/team-workspaces", ofWorkspace);
        bodies.put("POST /api/v2/team-projects", ofProject);
        return bodies;
    }

    private Map<Kind, String> callers(Company company, Workspace workspace) {
        Map<Kind, String> callers = new EnumMap<>(Kind.class);
        callers.put(Kind.BAD_TOKEN, "tfl.nobody");
        callers.put(
                Kind.EXPIRED,
                tokens.issueForUser(
                                company.owner().principal().id(),
                                "over",
                                Optional.of(Instant.parse("2020-01-01T00:00:00Z")))
                        .secret());
        callers.put(Kind.STRANGER, tenant.person().token());
        Person member = tenant.person();
        memberships.add(company.id(), member.principal().id());
        callers.put(Kind.MEMBER, member.token());
        callers.put(
                Kind.READER,
                tenant.guest(company, workspace, WorkspaceAccess.READ).token());
        callers.put(
                Kind.PLANNER,
                tenant.guest(company, workspace, WorkspaceAccess.PLAN).token());
        callers.put(
                Kind.WRITER,
                tenant.guest(company, workspace, WorkspaceAccess.WRITE).token());
        callers.put(
                Kind.ADMINISTRATOR,
                tenant.guest(company, workspace, WorkspaceAccess.ADMIN).token());
        Teams.Team robots = teams.create(company.id(), TeamSettings.named("robots"));
        accesses.giveWorkspace(robots.id(), workspace.id().value(), WorkspaceAccess.ADMIN);
        callers.put(
                Kind.TEAM_TOKEN,
                tokens.issueForTeam(robots.id(), "", Optional.empty(), Optional.empty())
                        .secret());
        callers.put(Kind.OWNER, company.owner().token());
        callers.put(
                Kind.ORGANIZATION_TOKEN,
                tokens.issueForOrganization(company.id(), Optional.empty()).secret());
        callers.put(
                Kind.AUDIT_TOKEN,
                tokens.issueForAuditTrails(company.id(), Optional.empty()).secret());
        callers.put(
                Kind.AGENT_TOKEN,
                tokens.issueForAgents(company.id(), "apool-x", "agent", Optional.empty(), Optional.empty())
                        .secret());
        Users.User root = users.ensure("root" + company.name(), company.name() + "@root.example", true);
        callers.put(
                Kind.SITE_ADMINISTRATOR,
                tokens.issueForUser(root.id(), "root", Optional.empty()).secret());
        return callers;
    }

    /** As if its plan had been: only such a run has a policy check. */
    private void judgedByLegacySets(Run run) {
        try (Connection connection = database.getConnection();
                PreparedStatement row =
                        connection.prepareStatement("update run set policy_check = true where id = ?")) {
            row.setString(1, run.id().value());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Run run(Company company, Workspace workspace) {
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        byte[] archive = TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }"));
        configurations.upload(promised.configuration().id(), promised.key(), new ByteArrayInputStream(archive));
        return runs.create(new NewRun(
                workspace.id(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                true,
                false,
                new ArrayList<>(),
                List.of(),
                false,
                false,
                Optional.empty(),
                "for the matrix",
                List.of(),
                "tfe-api",
                company.owner().principal().id(),
                "owner"));
    }
}

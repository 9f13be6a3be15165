package io.terrafleet.api.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.WorkspaceQuery.Order;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Lists and searches of many workspaces and runs are read by index and never by scan: PostgreSQL counts what a transaction reads of each
 * table. All happens in one transaction that is rolled back.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ReadByIndexIT {
    private static final int WORKSPACES = 2_000;
    private static final int RUNS = 6_000;
    private static final Page FIRST = new Page(1, 20);
    private static final Visibility ALL = new Visibility(true, List.of());
    private static final List<String> ALWAYS = List.of("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z");

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Workspaces workspaces;

    @Inject
    Runs runs;

    @Inject
    RunReading reading;

    @Inject
    States states;

    @Inject
    Projects projects;

    @Inject
    @DataSource("api")
    AgroalDataSource database;

    private String organization = "";
    private String project = "";
    private String workspace = "";
    private String run = "";

    /** @param most rows that may be fetched of all these tables together */
    private record Read(int most, Runnable read) {}

    @Test
    void whatIsListedAndSearchedIsReadByIndex() {
        Company company = tenant.company();
        Workspace sample = tenant.workspace(company);
        taker.configure(company, sample);
        run = taker.queued(company, sample).value();
        organization = company.id();
        project = sample.projectId();
        workspace = sample.id().value();
        QuarkusTransaction.begin();
        try {
            fill();
            // What has no index would be scanned all the same.
            execute("set local enable_seqscan = off");
            execute("discard plans");
            SoftAssertions all = new SoftAssertions();
            reads().forEach((what, read) -> check(what, read, all));
            all.assertAll();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void check(String what, Read read, SoftAssertions all) {
        Map<String, Long> scansBefore = counts("seq_scan");
        long fetchedBefore = sum(counts("coalesce(idx_tup_fetch, 0)"));
        read.read().run();
        Map<String, Long> scans = counts("seq_scan");
        scansBefore.forEach((table, times) -> scans.merge(table, times, (after, before) -> after - before));
        scans.values().removeIf(times -> times == 0);
        all.assertThat(scans).as("tables scanned for " + what).isEmpty();
        all.assertThat(sum(counts("coalesce(idx_tup_fetch, 0)")) - fetchedBefore)
                .as("rows fetched for " + what)
                .isLessThanOrEqualTo(read.most());
    }

    private Map<String, Read> reads() {
        Map<String, Read> reads = new LinkedHashMap<>();
        reads.put("a workspace", new Read(20, () -> workspaces.find(new WorkspaceId(workspace))));
        reads.put("a workspace by name", new Read(20, () -> workspaces.byName(organization, "payments-api-000012")));
        reads.put("a run", new Read(20, () -> runs.find(new RunId(run))));
        reads.put("a state", new Read(20, () -> states.current(new WorkspaceId(workspace))));
        reads.put(
                "states of a workspace",
                new Read(20, () -> states.list(new WorkspaceId(workspace), Optional.of("finalized"), 0, 20)));
        reads.put("projects", new Read(20, () -> projects.list(organization, List.of(), "", ALL, 0, 20)));
        ofWorkspaces(reads);
        ofRuns(reads);
        return reads;
    }

    private void ofWorkspaces(Map<String, Read> reads) {
        reads.put("first page", page(300, query("", "", List.of(), Map.of(), Order.NAME)));
        reads.put("part of a name, rare", page(300, query("01234", "", List.of(), Map.of(), Order.NAME)));
        reads.put("part of a name, common", page(900, query("payments", "", List.of(), Map.of(), Order.NAME)));
        reads.put("wildcard", page(300, query("", "orders-*-00123*", List.of(), Map.of(), Order.NAME)));
        reads.put("tag", page(300, query("", "", List.of("wave-7"), Map.of(), Order.NAME)));
        reads.put("tag with a value", page(900, query("", "", List.of(), Map.of("team", "payments"), Order.NAME)));
        reads.put("two tags", page(1_500, query("", "", List.of("wave-7"), Map.of("team", "payments"), Order.NAME)));
        reads.put("newest run", page(300, query("", "", List.of(), Map.of(), Order.CURRENT_RUN)));
        reads.put("latest change", page(300, query("", "", List.of(), Map.of(), Order.CHANGE)));
        WorkspaceQuery all = query("", "", List.of(), Map.of(), Order.NAME);
        reads.put("project", page(300, filtered(all, Optional.of(project), List.of())));
        reads.put("status", page(300, filtered(all, Optional.empty(), List.of("policy_override"))));
    }

    private void ofRuns(Map<String, Read> reads) {
        reads.put(
                "runs of a workspace",
                new Read(
                        60,
                        () -> reading.ofWorkspace(
                                new WorkspaceId(workspace), Map.of("plan_only", List.of("false")), FIRST)));
        reads.put("runs", runs(60, Map.of()));
        reads.put("runs with a common status", runs(60, Map.of("status", List.of("applied"))));
        reads.put("runs with a rare status", runs(60, Map.of("status", List.of("policy_override"))));
        reads.put("part of a message, rare", runs(300, Map.of("basic", List.of("number 1234"))));
        reads.put("part of a message, common", runs(300, Map.of("basic", List.of("change number"))));
        reads.put("part of a user's name", runs(300, Map.of("user", List.of("ada lovel"))));
        reads.put("runs that are not over", runs(300, Map.of("status_group", List.of("non_final"))));
    }

    private Read page(int most, WorkspaceQuery wanted) {
        return new Read(most, () -> workspaces.page(wanted, FIRST));
    }

    private Read runs(int most, Map<String, List<String>> filters) {
        Map<String, List<String>> bounded = new LinkedHashMap<>(filters);
        bounded.put("created", ALWAYS);
        return new Read(most, () -> reading.ofOrganization(organization, bounded, ALL, FIRST));
    }

    private WorkspaceQuery query(
            String search, String wildcard, List<String> tags, Map<String, String> bindings, Order order) {
        return new WorkspaceQuery(
                organization,
                Optional.of(search).filter(text -> !text.isEmpty()),
                Optional.of(wildcard).filter(text -> !text.isEmpty()),
                tags,
                List.of(),
                bindings,
                Optional.empty(),
                List.of(),
                order,
                order != Order.NAME,
                ALL);
    }

    private static WorkspaceQuery filtered(WorkspaceQuery all, Optional<String> project, List<String> statuses) {
        return new WorkspaceQuery(
                all.organizationId(),
                all.search(),
                all.wildcard(),
                all.tags(),
                all.excludedTags(),
                all.bindings(),
                project,
                statuses,
                all.order(),
                all.descending(),
                all.visible());
    }

    /** Copies of one workspace and of one run of it, each with a name and words of its own. */
    private void fill() {
        execute(
                "insert into workspace select (jsonb_populate_record(w, jsonb_build_object('id', 'ws-' || substr(md5('w' || n), 1, 16),"
                        + " 'name', (array['payments', 'orders', 'billing', 'search', 'media', 'identity'])[1 + n % 6] || '-api-'"
                        + " || lpad(n::text, 6, '0'), 'current_run_id', null, 'current_run_since', now() - n * interval '1 minute',"
                        + " 'current_run_status', case when n % 200 = 0 then 'policy_override' else 'applied' end, 'changed_at',"
                        + " now() - n * interval '1 minute', 'lock_holder', null, 'lock_holder_id', null, 'lock_holder_name', null,"
                        + " 'lock_reason', null, 'locked_since', null))).*"
                        + " from workspace w, generate_series(1, " + WORKSPACES + ") n where w.id = '" + workspace
                        + "'");
        execute(
                "insert into workspace_tag (workspace_id, key, value) select id, 'team', split_part(name, '-', 1) from workspace"
                        + " where organization_id = '" + organization
                        + "' union all select id, 'wave-' || right(name, 2)::int, ''"
                        + " from workspace where organization_id = '" + organization + "' and name like '%-api-%'");
        execute("insert into run overriding user value select (jsonb_populate_record(r, jsonb_build_object('id', 'run-'"
                + " || substr(md5('r' || n), 1, 16), 'workspace_id', 'ws-' || substr(md5('w' || (1 + n % " + WORKSPACES
                + ")), 1, 16), 'status', case when n % 300 = 0 then 'policy_override' else 'applied' end,"
                + " 'finished', n % 300 <> 0, 'holds_turn', false, 'message', 'Change number ' || n, 'created_by_name',"
                + " case when n % 1000 = 0 then 'Ada Lovelace' else 'bench' end))).*"
                + " from run r, generate_series(1, " + RUNS + ") n where r.id = '" + run + "'");
        for (String table : List.of("workspace", "workspace_title", "workspace_tag", "run", "run_text")) {
            execute("analyze " + table);
        }
        assertThat(counts("1")).containsKeys("run", "run_text", "workspace", "workspace_title", "workspace_tag");
    }

    /** Of the tables that grow with an installation, as far as this transaction has read them. */
    private Map<String, Long> counts(String column) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select relname, " + column
                        + " from pg_stat_xact_user_tables where schemaname = 'api' and (relname like 'workspace%'"
                        + " or relname in ('run', 'run_text', 'state_version', 'state_version_output', 'project',"
                        + " 'configuration_version', 'organization', 'team'))")) {
            Map<String, Long> counts = new LinkedHashMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}

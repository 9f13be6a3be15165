package io.terrafleet.api.access;

import io.terrafleet.api.access.Standing.TeamReach;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether somebody in eight teams may apply in a workspace, from the rows that the database has of the teams. */
@State(Scope.Benchmark)
public class PermissionBenchmark {
    private final List<TeamReach> teams = IntStream.range(0, 8)
            .mapToObj(i -> new TeamReach(
                    "team-6jrRyVDv1J8zQM0" + i, "team-" + i, List.of("read-workspaces", "manage-modules"), false, true))
            .toList();

    @Benchmark
    public boolean mayApply() {
        EnumSet<Permission> granted = EnumSet.of(Permission.KNOWN);
        granted.addAll(Standing.of(teams, true).everywhere());
        granted.addAll(WorkspaceAccess.WRITE.permissions());
        return new Rights(granted).may(Permission.APPLY_RUNS);
    }
}

package io.terrafleet.standalone.bench;

import java.util.List;
import java.util.function.IntFunction;

/**
 * One kind of request.
 *
 * @param name as it is printed
 * @param share of a hundred requests in the mix
 * @param token whose request it is
 * @param path of the request with that number; numbers that follow each other ask for different things
 */
record ReadKind(String name, int share, String token, IntFunction<String> path) {
    private static final String ORGANIZATION = "/api/v2/organizations/bench-1";

    /** What is asked for: enough of each that nothing is asked for twice in a row. */
    record Samples(
            List<String> workspaceIds,
            List<String> workspaceNames,
            List<String> runIds,
            List<String> projectIds,
            int workspaces) {}

    /**
     * @param everywhere a token of a team that sees the whole organization
     * @param somewhere a token of a team that sees three of its projects
     */
    static List<ReadKind> all(Samples samples, String everywhere, String somewhere) {
        String list = ORGANIZATION + "/workspaces";
        List<String> teams = List.of("payments", "orders", "billing", "search", "media", "identity", "network", "data");
        int lastPage = samples.workspaces() / 20;
        return List.of(
                new ReadKind("run", 30, everywhere, i -> "/api/v2/runs/" + of(samples.runIds(), i)),
                new ReadKind(
                        "workspace by id", 20, everywhere, i -> "/api/v2/workspaces/" + of(samples.workspaceIds(), i)),
                new ReadKind("workspace by name", 15, everywhere, i -> list + "/" + of(samples.workspaceNames(), i)),
                new ReadKind(
                        "current state version",
                        16,
                        everywhere,
                        i -> "/api/v2/workspaces/" + of(samples.workspaceIds(), i) + "/current-state-version"),
                new ReadKind(
                        "runs of a workspace",
                        5,
                        everywhere,
                        i -> "/api/v2/workspaces/" + of(samples.workspaceIds(), i) + "/runs"),
                new ReadKind("runs of an organization", 1, everywhere, i -> ORGANIZATION + "/runs"),
                new ReadKind(
                        "  with a common status",
                        1,
                        everywhere,
                        i -> ORGANIZATION + "/runs?filter%5Bstatus%5D=applied"),
                new ReadKind(
                        "  with a rare status",
                        1,
                        everywhere,
                        i -> ORGANIZATION + "/runs?filter%5Bstatus%5D=policy_override"),
                new ReadKind(
                        "  part of a message",
                        1,
                        everywhere,
                        i -> ORGANIZATION + "/runs?search%5Bbasic%5D=number%20"
                                + (1_000 + Math.floorMod(i * 7_919, 9_000))),
                new ReadKind("workspaces, first page", 1, everywhere, i -> list),
                new ReadKind(
                        "  any page",
                        1,
                        everywhere,
                        i -> list + "?page%5Bnumber%5D=" + (1 + Math.floorMod(i * 7_919, lastPage))),
                new ReadKind(
                        "  part of a name, rare", 1, everywhere, i -> list + "?search%5Bname%5D=" + rare(samples, i)),
                new ReadKind(
                        "  part of a name, common", 1, everywhere, i -> list + "?search%5Bname%5D=" + of(teams, i)),
                new ReadKind(
                        "  wildcard",
                        1,
                        everywhere,
                        i -> list + "?search%5Bwildcard-name%5D=" + of(teams, i) + "-*-" + rare(samples, i)),
                new ReadKind("  tag", 1, everywhere, i -> list + "?search%5Btags%5D=wave-" + i % 500),
                new ReadKind(
                        "  tag with a value",
                        1,
                        everywhere,
                        i -> list + "?filter%5Btagged%5D%5B0%5D%5Bkey%5D=team&filter%5Btagged%5D%5B0%5D%5Bvalue%5D="
                                + of(teams, i)),
                new ReadKind(
                        "  project",
                        1,
                        everywhere,
                        i -> list + "?filter%5Bproject%5D%5Bid%5D=" + of(samples.projectIds(), i)),
                new ReadKind(
                        "  status of the current run",
                        1,
                        everywhere,
                        i -> list + "?filter%5Bcurrent-run%5D%5Bstatus%5D=policy_override"),
                new ReadKind(
                        "  by the current run's age",
                        1,
                        everywhere,
                        i -> list + "?sort=" + (i % 2 == 0 ? "-" : "") + "current-run.created-at"),
                new ReadKind("  by a team of three projects", 1, somewhere, i -> list));
    }

    /** The last six figures of a name, the last of them left out. */
    private static String rare(Samples samples, int i) {
        String name = of(samples.workspaceNames(), i);
        return name.substring(name.length() - 6, name.length() - 1);
    }

    private static String of(List<String> all, int i) {
        return all.get(Math.floorMod(i, all.size()));
    }
}

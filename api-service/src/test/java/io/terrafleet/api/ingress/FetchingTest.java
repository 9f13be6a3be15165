package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.host.HostEvent.Sender;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.vcs.GitHost;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.vcs.TestRepositories;
import io.terrafleet.api.vcs.Visit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a burst is about comes in one fetch; the host is not needed for the rest. */
class FetchingTest {
    @TempDir
    Path directory;

    private static Change pushed(String branch, String commit, Optional<String> before) {
        return new Change(
                "chg-1",
                1,
                "repo-1",
                Change.Kind.PUSH,
                branch,
                commit,
                before,
                new Change.Details(Sender.UNKNOWN, "", "", Optional.empty()),
                "waiting",
                "",
                "look",
                0,
                Optional.empty(),
                Instant.EPOCH,
                List.of());
    }

    @Test
    void aBurstIsFetchedOnceAndEachCommitComparedByItself() throws Exception {
        List<Change> changes = new ArrayList<>();
        Map<String, Integer> branches = new LinkedHashMap<>();
        try (Visit visit = visitOf(changes, branches)) {
            for (Change change : changes) {
                Fetching.Tree tree =
                        visit.explore(commits -> Fetching.of(commits, change, Hosts.of(ServiceProvider.GITHUB), true));
                assertThat(tree.commit().sha()).isEqualTo(change.commit());
                assertThat(tree.changed()).isPresent();
                assertThat(tree.changed().get()).hasSize(1);
            }
        }
    }

    /** The host is gone when it returns. */
    private Visit visitOf(List<Change> changes, Map<String, Integer> branches) throws Exception {
        try (GitHost host = new GitHost(directory)) {
            for (String branch : List.of("one", "two")) {
                String before = host.push(branch, Map.of(branch + ".tf", "# begin"));
                for (int i = 0; i < 3; i++) {
                    String commit = host.push(branch, Map.of(branch + i + ".tf", "# " + i));
                    changes.add(pushed(branch, commit, Optional.of(before)));
                    branches.merge(branch, 1, Integer::sum);
                    before = commit;
                }
            }
            Visit visit = TestRepositories.make()
                    .visit(new Remote(host.address(), Optional.of(GitHost.TOKEN), Optional.empty()));
            visit.explore(commits -> {
                Fetching.together(commits, branches);
                return commits;
            });
            return visit;
        }
    }
}

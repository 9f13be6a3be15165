package io.terrafleet.api.ingress;

import io.terrafleet.api.rule.PullRequestRule;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.stranger.AllowList;
import io.terrafleet.api.stranger.Requirements;
import io.terrafleet.api.stranger.Sources;
import io.terrafleet.api.vcs.Commits;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Reads what a stranger wrote before anything of it is run: what it uses that the branch does not use, or that nobody has allowed. */
@ApplicationScoped
class StrangerCheck {
    private final PullRequestRules rules;

    StrangerCheck(PullRequestRules rules) {
        this.rules = rules;
    }

    /** @return the reason for each workspace that is not planned, by its id */
    Map<String, String> refusals(Commits commits, Fetching.Tree tree, List<Workspace> touched) throws IOException {
        Map<String, String> refusals = new HashMap<>();
        String base = tree.base().orElseThrow(() -> new IllegalStateException("a pull request has a base"));
        SortedSet<String> links = AllowList.differing(commits.links(tree.tree()), commits.links(base));
        for (Workspace workspace : touched) {
            String root = Directories.clean(workspace.workingDirectory());
            PullRequestRule rule = rules.in(workspace);
            AllowList.refusal(
                            Requirements.of(sources(commits, tree.tree()), root),
                            Requirements.of(sources(commits, base), root),
                            rule.providers(),
                            rule.modules(),
                            links)
                    .ifPresent(why -> refusals.put(workspace.id().value(), why));
        }
        return refusals;
    }

    private static Sources sources(Commits commits, String tree) {
        return directory -> {
            Map<String, Sources.Text> texts = new LinkedHashMap<>();
            commits.configuration(tree, directory)
                    .forEach((name, file) -> texts.put(name, new Sources.Text(file.content(), file.whole())));
            return texts;
        };
    }
}

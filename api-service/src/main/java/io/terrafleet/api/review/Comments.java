package io.terrafleet.api.review;

import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.assessment.Assessments;
import io.terrafleet.api.diff.PlanDiff;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.ingress.Change;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Connections;
import io.terrafleet.api.ingress.PullRequests;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.trial.Trials;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Writes the comment of a pull request from what is true now; the same comment again, for reviewers to find it in its place. */
@ApplicationScoped
class Comments {
    private final Changes changes;
    private final PullRequests pullRequests;
    private final Connections connections;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Assessments assessments;
    private final Artifacts artifacts;
    private final Trials trials;
    private final PublicUrl publicUrl;

    Comments(
            Changes changes,
            PullRequests pullRequests,
            Connections connections,
            Workspaces workspaces,
            Runs runs,
            Assessments assessments,
            Artifacts artifacts,
            Trials trials,
            PublicUrl publicUrl) {
        this.changes = changes;
        this.pullRequests = pullRequests;
        this.connections = connections;
        this.workspaces = workspaces;
        this.runs = runs;
        this.assessments = assessments;
        this.artifacts = artifacts;
        this.trials = trials;
        this.publicUrl = publicUrl;
    }

    void write(PullRequests.Comment taken) throws HostRefused {
        Optional<Repo> repo = changes.repository(taken.repositoryId());
        Optional<Connection> connection = repo.flatMap(connections::of);
        Optional<Change> change = changes.ofPullRequest(taken.repositoryId(), taken.number());
        Optional<String> tried = pullRequests
                .head(taken.repositoryId(), taken.number())
                .flatMap(head -> trials.text(taken.repositoryId(), taken.number(), head));
        boolean silent = change.isEmpty() && tried.isEmpty();
        if (connection.isEmpty() || silent || connection.get().host().longestComment() == 0) {
            pullRequests.commented(
                    taken, taken.comment().orElse(""), taken.sha256().orElse(""));
            return;
        }
        String text = text(change, tried.orElse(""), connection.get().host().longestComment());
        String sha256 = sha256(text);
        if (taken.sha256().filter(sha256::equals).isPresent()) {
            pullRequests.commented(taken, taken.comment().orElse(""), sha256);
            return;
        }
        pullRequests.commented(taken, put(connection.get(), taken, text), sha256);
    }

    /** @param tried what proposed policies would have decided */
    private String text(Optional<Change> change, String tried, int most) {
        String plans = change.map(it -> CommentText.of(it.commit(), note(it), rows(it), most - tried.length() - 1))
                .orElse("");
        String text = plans.isEmpty() || tried.isEmpty() ? plans + tried : plans + "\n" + tried;
        return text.length() > most ? text.substring(0, most) : text;
    }

    /** One that somebody has deleted is written anew. */
    private static String put(Connection connection, PullRequests.Comment taken, String text) throws HostRefused {
        Optional<String> known = taken.comment().filter(id -> !id.isEmpty());
        try {
            return connection.host().comment(connection.api(), connection.name(), taken.number(), known, text);
        } catch (HostRefused e) {
            if (e.status() != 404 || known.isEmpty()) {
                throw e;
            }
            return connection
                    .host()
                    .comment(connection.api(), connection.name(), taken.number(), Optional.empty(), text);
        }
    }

    private static Optional<String> note(Change change) {
        return switch (change.state()) {
            case "held" -> Optional.of("This commit was not planned: " + change.note() + ".");
            case "failed" -> Optional.of("This commit could not be planned: " + change.note() + ".");
            default -> Optional.empty();
        };
    }

    private List<CommentText.Row> rows(Change change) {
        List<CommentText.Row> rows = new ArrayList<>();
        for (Change.Outcome outcome : change.outcomes()) {
            Optional<Workspace> workspace = workspaces.find(outcome.workspace());
            Optional<Run> run = outcome.run().flatMap(runs::find);
            if (workspace.isPresent() && (run.isPresent() || !outcome.note().isEmpty())) {
                rows.add(row(workspace.get(), run, outcome.note()));
            }
        }
        rows.sort(java.util.Comparator.comparing(CommentText.Row::workspace));
        return rows;
    }

    private CommentText.Row row(Workspace workspace, Optional<Run> run, String note) {
        String page = "/app/" + workspace.organizationName() + "/" + workspace.name();
        Word word = run.map(it -> Word.of(it.state()))
                .orElse(new Word(io.terrafleet.api.host.CommitStatus.State.ERROR, note));
        return new CommentText.Row(
                workspace.name(),
                publicUrl.of(run.map(it -> page + "/runs/" + it.id()).orElse(page)),
                word,
                run.flatMap(this::diff),
                run.flatMap(this::cost),
                run.flatMap(it -> assessments.policy(it.id())).map(decided -> switch (decided.verdict()) {
                    case APPROVE -> "passed";
                    case BLOCK_OVERRIDABLE -> "failed, may be overridden";
                    case BLOCK -> "failed";
                }));
    }

    private Optional<String> cost(Run run) {
        return assessments
                .cost(run.id())
                .map(decided -> decided.status().equals("finished")
                        ? amount(decided)
                        : decided.status().replace('_', ' '));
    }

    private static String amount(CostDecided decided) {
        String amount = decided.deltaMonthly()
                .setScale(2, java.math.RoundingMode.HALF_UP)
                .toPlainString();
        return (decided.deltaMonthly().signum() > 0 ? "+" : "") + amount + " "
                + decided.currency().orElse("USD");
    }

    /** Only what people may see: sensitive values are not in that document. */
    private Optional<PlanDiff> diff(Run run) {
        return RunView.plan(run.state()).map(PlanOutcome::redacted).map(document -> {
            try (InputStream content = artifacts.open(document.id())) {
                return PlanDiff.of(Json.mapper().readTree(content));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

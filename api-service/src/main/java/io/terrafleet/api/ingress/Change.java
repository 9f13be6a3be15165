package io.terrafleet.api.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.host.HostEvent.Sender;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that happened in a repository.
 *
 * @param id {@code chg-} and 16 letters or digits
 * @param name of the branch or tag, or the number of the pull request
 * @param commit 40 hexadecimal digits
 * @param before where the branch was
 * @param state {@code waiting}, {@code held} (for somebody's approval), {@code done}, {@code superseded} or {@code failed}
 * @param note why, or what came of it, for people
 * @param origin what told us: {@code look}, {@code connect}, or a delivery's id
 */
public record Change(
        String id,
        long number,
        String repositoryId,
        Kind kind,
        String name,
        String commit,
        Optional<String> before,
        Details details,
        String state,
        String note,
        String origin,
        int tries,
        Optional<String> approvedBy,
        Instant createdAt,
        List<Outcome> outcomes) {

    /** What kind of thing it is. */
    public enum Kind {
        PUSH,
        TAG,
        PULL,
        /** A workspace was given the repository; nothing happened there. */
        CONNECT;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What was told of it.
     *
     * @param pullRequest absent for what is of none
     */
    public record Details(Sender sender, String url, String compareUrl, Optional<PullRequest> pullRequest) {}

    /**
     * @param run absent where it touches nothing of the workspace, or none could be made
     * @param note why none could be made
     */
    public record Outcome(WorkspaceId workspace, Optional<RunId> run, String note) {}

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** The pull request that a change of that kind is of. */
    PullRequest pull() {
        return details.pullRequest().orElseThrow();
    }

    static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    static Details details(JsonNode json) {
        return io.terrafleet.contracts.Json.mapper().convertValue(json, Details.class);
    }
}

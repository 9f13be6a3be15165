package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which workspaces of an organization are wanted, and in which order. Everything must hold at once.
 *
 * @param search part of the name, without regard to case
 * @param wildcard the whole name, with {@code *} for any characters
 * @param tags keys that must all be there
 * @param excludedTags keys of which none may be there
 * @param bindings keys and values that must all be there
 * @param currentRunStatuses the current run must stand at one of them; all when empty
 * @param visible which of them the caller may see
 */
public record WorkspaceQuery(
        String organizationId,
        Optional<String> search,
        Optional<String> wildcard,
        List<String> tags,
        List<String> excludedTags,
        Map<String, String> bindings,
        Optional<String> projectId,
        List<String> currentRunStatuses,
        Order order,
        boolean descending,
        Visibility visible) {
    private static final int MOST_TAGS = 50;

    /** What a list can be sorted by. */
    public enum Order {
        NAME,
        CURRENT_RUN,
        CHANGE
    }

    public WorkspaceQuery {
        tags = List.copyOf(tags);
        excludedTags = List.copyOf(excludedTags);
        bindings = Map.copyOf(bindings);
        if (tags.size() + excludedTags.size() + bindings.size() > MOST_TAGS) {
            throw Problem.malformed("A search may name at most " + MOST_TAGS + " tags.");
        }
    }

    /** Nothing is asked of them but where they are: their total is known. */
    boolean onlyByPlace() {
        return onlyByTags() && tags.isEmpty() && bindings.isEmpty();
    }

    /** Every workspace with one tag, whoever asks. */
    boolean onlyByOneTag() {
        return onlyByTags() && projectId.isEmpty() && visible.all() && tags.size() + bindings.size() == 1;
    }

    private boolean onlyByTags() {
        return search.isEmpty() && wildcard.isEmpty() && excludedTags.isEmpty() && currentRunStatuses.isEmpty();
    }

    /** All of an organization, by name. */
    public static WorkspaceQuery all(String organizationId) {
        return new WorkspaceQuery(
                organizationId,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                Order.NAME,
                false,
                new Visibility(true, List.of()));
    }

    public WorkspaceQuery visible(Visibility to) {
        return new WorkspaceQuery(
                organizationId,
                search,
                wildcard,
                tags,
                excludedTags,
                bindings,
                projectId,
                currentRunStatuses,
                order,
                descending,
                to);
    }
}

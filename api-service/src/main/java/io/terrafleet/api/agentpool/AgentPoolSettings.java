package io.terrafleet.api.agentpool;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Optional;

/** What a caller may set on a pool; what is absent takes its default, or stays as it is. Lists hold ids and replace what there was. */
record AgentPoolSettings(
        Optional<String> name,
        Optional<Boolean> organizationScoped,
        Optional<List<String>> allowedWorkspaces,
        Optional<List<String>> allowedProjects,
        Optional<List<String>> excludedWorkspaces) {
    private static final int LONGEST_NAME = 90;

    AgentPoolSettings {
        name.ifPresent(text -> {
            if (text.isBlank()) {
                throw Problem.invalid("name", "Name can't be blank");
            }
            if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
                throw Problem.invalid(
                        "name", "Name may have at most " + LONGEST_NAME + " characters and no control character");
            }
        });
    }

    static AgentPoolSettings read(RequestDocument document) {
        return new AgentPoolSettings(
                document.text("name"),
                document.flag("organization-scoped"),
                document.relatedIds("allowed-workspaces"),
                document.relatedIds("allowed-projects"),
                document.relatedIds("excluded-workspaces"));
    }
}

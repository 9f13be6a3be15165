package io.terrafleet.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.host.RepositoryLocations;
import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say of a set's repository.
 *
 * @param repository absent: stays as it is
 * @param path absent: stays as it is
 */
record SourceSettings(Optional<Repository> repository, Optional<String> path) {
    static final SourceSettings NONE = new SourceSettings(Optional.empty(), Optional.empty());

    private static final int LONGEST = 1_000;
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+){1,8}");
    private static final Pattern ADDRESS = Pattern.compile("(https?|ssh|file)://[^\\s\\p{Cntrl}]+");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9._/-]{0,200}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._/ -]{0,500}");

    /** @param identifier empty when the set is to leave its repository */
    record Repository(String identifier, String branch, Optional<String> oauthTokenId, boolean submodules) {}

    /** {@code vcs-repo} is an object, or null to leave the repository. */
    static SourceSettings read(RequestDocument request) {
        return new SourceSettings(repository(request), path(request));
    }

    private static Optional<Repository> repository(RequestDocument request) {
        if (!request.has("vcs-repo")) {
            return Optional.empty();
        }
        JsonNode repo = request.raw("vcs-repo");
        if (repo.isNull()) {
            return Optional.of(new Repository("", "", Optional.empty(), false));
        }
        String identifier = text(repo, "identifier");
        boolean address = ADDRESS.matcher(identifier).matches();
        if (identifier.length() > LONGEST
                || !(address || SLUG.matcher(identifier).matches())) {
            throw wrong("Vcs repo needs an identifier such as \"acme/policies\", or the address of a repository");
        }
        JsonNode submodules = repo.path("ingress-submodules");
        if (!submodules.isBoolean() && !submodules.isNull() && !submodules.isMissingNode()) {
            throw wrong("Vcs repo: ingress-submodules must be true or false");
        }
        String branch = text(repo, "branch");
        if (!BRANCH.matcher(branch).matches() || branch.startsWith("-") || branch.contains("..")) {
            throw wrong("Vcs repo: branch is not the name of a branch");
        }
        Optional<String> token = Optional.of(text(repo, "oauth-token-id")).filter(id -> !id.isEmpty());
        if (!address && token.isEmpty()) {
            throw wrong("Vcs repo needs an oauth-token-id, unless the identifier is a whole address");
        }
        return Optional.of(new Repository(identifier, branch, token, submodules.asBoolean(false)));
    }

    private static Optional<String> path(RequestDocument request) {
        if (request.isNull("policies-path")) {
            return Optional.of("");
        }
        Optional<String> path =
                request.text("policies-path", LONGEST).map(text -> text.replaceAll("^(\\./)?/*|/+$", ""));
        path.filter(text -> !PATH.matcher(text).matches() || ("/" + text + "/").contains("/../") || text.contains("//"))
                .ifPresent(text -> {
                    throw Problem.invalid(
                            "policies-path", "Policies path must be a directory below the repository's root");
                });
        return path;
    }

    /** @return whether the repository, its branch or the path is another one now */
    boolean put(PolicySetEntity row, RepositoryLocations locations) {
        String before = place(row);
        repository.ifPresent(repo -> {
            row.vcsIdentifier = repo.identifier().isEmpty()
                    ? null
                    : locations.kept(row.organizationId, repo.identifier(), repo.oauthTokenId());
            row.vcsBranch = repo.branch();
            row.vcsOauthTokenId = repo.oauthTokenId().orElse(null);
            row.vcsSubmodules = repo.submodules();
            row.vcsError = null;
        });
        path.ifPresent(text -> row.policiesPath = text);
        return !place(row).equals(before);
    }

    private static String place(PolicySetEntity row) {
        return row.vcsIdentifier + "\n" + row.vcsBranch + "\n" + row.vcsOauthTokenId + "\n" + row.policiesPath + "\n"
                + row.vcsSubmodules;
    }

    static Optional<PolicySetSource> of(PolicySetEntity row) {
        @Nullable String identifier = row.vcsIdentifier;
        return identifier == null
                ? Optional.empty()
                : Optional.of(new PolicySetSource(
                        identifier,
                        row.vcsBranch,
                        Optional.ofNullable(row.vcsOauthTokenId),
                        row.vcsSubmodules,
                        row.policiesPath,
                        Optional.ofNullable(row.vcsError)));
    }

    private static String text(JsonNode repo, String member) {
        JsonNode value = repo.path(member);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw wrong("Vcs repo: " + member + " must be a text");
        }
        return value.asText("");
    }

    private static Problem wrong(String why) {
        return Problem.invalid("vcs-repo", why);
    }
}

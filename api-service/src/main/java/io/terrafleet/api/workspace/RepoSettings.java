package io.terrafleet.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.host.RepositoryNames;
import io.terrafleet.api.host.RepositoryPages;
import io.terrafleet.api.oauth.Credential;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a caller says of a workspace's repository; of the same repository, what is absent stays as it is.
 *
 * @param identifier empty when the workspace is to leave its repository
 */
public record RepoSettings(
        String identifier,
        Optional<String> branch,
        Optional<String> oauthTokenId,
        Optional<Boolean> submodules,
        Optional<String> tagsRegex) {
    private static final int LONGEST = 1_000;
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~ -]+(/[A-Za-z0-9._~ -]+){1,8}");
    private static final Pattern ADDRESS = Pattern.compile("(https?|ssh|file)://[^\\s\\p{Cntrl}]+");
    private static final Pattern BRANCH = Pattern.compile("[^\\s\\p{Cntrl}~^:?*\\[\\\\]{0,200}");

    /** {@code vcs-repo} is an object, or null to leave the repository; empty when nothing is said of it. */
    static Optional<RepoSettings> read(RequestDocument document) {
        if (!document.has("vcs-repo")) {
            return Optional.empty();
        }
        JsonNode repo = document.raw("vcs-repo");
        if (repo.isNull()) {
            return Optional.of(
                    new RepoSettings("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        if (text(repo, "github-app-installation-id").filter(id -> !id.isEmpty()).isPresent()) {
            throw wrong("Vcs repo: installations are not named here; make an OAuth client for the GitHub App");
        }
        String identifier = text(repo, "identifier").orElse("").trim();
        boolean address = ADDRESS.matcher(identifier).matches();
        if (identifier.length() > LONGEST
                || identifier.contains("..")
                || !(address || SLUG.matcher(identifier).matches())) {
            throw wrong("Vcs repo needs an identifier such as \"acme/network\", or the address of a repository");
        }
        return Optional.of(new RepoSettings(
                identifier,
                text(repo, "branch").map(RepoSettings::branch),
                text(repo, "oauth-token-id"),
                flag(repo, "ingress-submodules"),
                text(repo, "tags-regex").map(RepoSettings::regex)));
    }

    private static String branch(String name) {
        if (!BRANCH.matcher(name).matches() || name.startsWith("-") || name.contains("..")) {
            throw wrong("Vcs repo: branch is not the name of a branch");
        }
        return name;
    }

    private static String regex(String text) {
        try {
            if (text.length() <= 200) {
                Pattern.compile(text);
                return text;
            }
            throw wrong("Vcs repo: tags regex may have at most 200 characters");
        } catch (PatternSyntaxException e) {
            throw wrong("Vcs repo: tags regex is not a regular expression: " + e.getDescription());
        }
    }

    /**
     * Puts it into the row.
     *
     * @return whether something has to be taken from another place from now on
     */
    boolean put(WorkspaceEntity row, OauthClients oauth) {
        if (identifier.isEmpty()) {
            row.leaveRepository();
            return false;
        }
        boolean same = identifier.equals(row.vcsIdentifier) || isAddressOf(row, oauth);
        String before = row.vcsIdentifier + "\n" + row.vcsBranch + "\n" + row.vcsSubmodules + "\n" + row.vcsClientId;
        Optional<String> token =
                oauthTokenId.or(() -> same ? Optional.ofNullable(row.vcsOauthTokenId) : Optional.empty());
        Optional<Credential> access = access(token.filter(id -> !id.isEmpty()), row.organizationId, oauth);
        row.vcsIdentifier =
                access.map(found -> RepositoryNames.kept(found, identifier)).orElse(identifier);
        row.vcsOauthTokenId = token.filter(id -> !id.isEmpty()).orElse(null);
        row.vcsClientId = access.map(Credential::clientId).orElse(null);
        row.vcsBranch = branch.orElse(same ? row.vcsBranch : "");
        row.vcsSubmodules = submodules.orElse(same && row.vcsSubmodules);
        row.vcsTagsRegex = tagsRegex.orElse(same ? row.vcsTagsRegex : "");
        row.vcsProvider = access.map(found -> found.provider().word()).orElse("git");
        row.vcsWebUrl = webUrl(row.vcsIdentifier, access);
        boolean moved = !before.equals(
                row.vcsIdentifier + "\n" + row.vcsBranch + "\n" + row.vcsSubmodules + "\n" + row.vcsClientId);
        row.vcsAwaited |= moved;
        return moved;
    }

    /** Whether it names by its address what is followed by its name already. */
    private boolean isAddressOf(WorkspaceEntity row, OauthClients oauth) {
        return identifier.contains("://")
                && Optional.ofNullable(row.vcsOauthTokenId)
                        .flatMap(token -> oauth.credential(token, row.organizationId))
                        .flatMap(known ->
                                RepositoryNames.of(known.provider(), known.base(), RepositoryNames.address(identifier)))
                        .filter(name -> name.equals(row.vcsIdentifier))
                        .isPresent();
    }

    private Optional<Credential> access(Optional<String> token, String organizationId, OauthClients oauth) {
        if (token.isEmpty()) {
            if (!identifier.contains("://")) {
                throw wrong("Vcs repo needs an oauth-token-id, unless the identifier is a whole address");
            }
            return Optional.empty();
        }
        return Optional.of(oauth.credential(token.get(), organizationId)
                .orElseThrow(() -> wrong("Vcs repo: there is no such oauth-token-id in this organization")));
    }

    private static String webUrl(String identifier, Optional<Credential> access) {
        return access.map(known -> RepositoryPages.repository(known.provider(), known.base(), identifier))
                .orElseGet(() -> RepositoryPages.fetchedFrom(identifier));
    }

    private static Optional<String> text(JsonNode repo, String member) {
        JsonNode value = repo.path(member);
        if (value.isNull() && !member.equals("identifier")) {
            return Optional.of("");
        }
        if (!value.isTextual() && !value.isMissingNode()) {
            throw wrong("Vcs repo: " + member + " must be a text");
        }
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode repo, String member) {
        JsonNode value = repo.path(member);
        if (!value.isBoolean() && !value.isMissingNode() && !value.isNull()) {
            throw wrong("Vcs repo: " + member + " must be true or false");
        }
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    private static Problem wrong(String why) {
        return Problem.invalid("vcs-repo", why);
    }
}

package io.terrafleet.api.module;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repository that a module's versions are taken from.
 *
 * @param identifier {@code owner/name} at the connection's provider, or the whole address of a repository
 * @param oauthTokenId whose connection is used; absent for an address that needs none
 * @param branch versions are made of its commits; empty when they come from tags
 * @param tagPrefix what stands before the number in a tag, besides a v
 * @param directory where the module lies; the root when empty
 * @param error why the last look failed, for people
 */
public record ModuleSource(
        String identifier,
        Optional<String> oauthTokenId,
        String branch,
        String tagPrefix,
        String directory,
        Optional<String> error) {
    private static final int LONGEST = 500;
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)+");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?|ssh|file)://[^\\s?#]+");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9._/-]{0,250}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]{0,100}");
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}\\\\]{0,500}");
    private static final Pattern REPOSITORY = Pattern.compile("terraform-([0-9a-z]{1,64})-(.+)");

    boolean fromTags() {
        return branch.isEmpty();
    }

    /** {@code vcs-repo} of a request; 422 when it cannot be one. */
    static ModuleSource read(RequestDocument request) {
        JsonNode repo = request.raw("vcs-repo");
        if (!repo.isObject()) {
            throw wrong("it must be an object with an identifier and an oauth-token-id");
        }
        String identifier = text(repo, "identifier");
        boolean address = ADDRESS.matcher(identifier).matches();
        if (identifier.length() > LONGEST
                || !(address || SLUG.matcher(identifier).matches())) {
            throw wrong(
                    "identifier must be such as \"acme/terraform-aws-network\", or the whole address of a repository");
        }
        if (repo.path("ingress-submodules").asBoolean(false)) {
            throw wrong("submodules are not taken along");
        }
        if (!text(repo, "github-app-installation-id").isEmpty()) {
            throw wrong("an installation of a GitHub App is an OAuth client here; name its oauth-token-id");
        }
        Optional<String> token = Optional.of(text(repo, "oauth-token-id")).filter(id -> !id.isEmpty());
        return new ModuleSource(identifier, token, "", "", "", Optional.empty()).with(repo);
    }

    ModuleSource called(String name) {
        return new ModuleSource(name, oauthTokenId, branch, tagPrefix, directory, error);
    }

    /** With what the request says of branch, tags, prefix and directory. */
    ModuleSource with(JsonNode repo) {
        String branch = repo.has("branch") ? text(repo, "branch") : this.branch;
        boolean tags = repo.path("tags").asBoolean(branch.isEmpty());
        if (tags && !branch.isEmpty() && repo.has("branch")) {
            throw wrong("versions come from tags or from a branch, not from both");
        }
        String chosen = tags ? "" : branch;
        if (!tags && chosen.isEmpty()) {
            throw wrong("a branch is needed when tags is false");
        }
        if (!BRANCH.matcher(chosen).matches() || chosen.startsWith("-") || chosen.contains("..")) {
            throw wrong("branch is not the name of a branch");
        }
        String prefix = repo.has("tag-prefix") ? text(repo, "tag-prefix") : tagPrefix;
        if (!PREFIX.matcher(prefix).matches() || prefix.contains("..")) {
            throw wrong("tag-prefix is not the beginning of a tag");
        }
        return new ModuleSource(
                identifier, oauthTokenId, chosen, prefix, directory(repo).orElse(directory), Optional.empty());
    }

    private static Optional<String> directory(JsonNode repo) {
        if (!repo.has("source-directory")) {
            return Optional.empty();
        }
        String path = text(repo, "source-directory").replaceAll("^(\\./)?/*|/+$", "");
        if (!PATH.matcher(path).matches() || ("/" + path + "/").contains("/../") || path.contains("//")) {
            throw wrong("source-directory must be a directory below the repository's root");
        }
        return Optional.of(path);
    }

    /** What the repository's name says of the module: {@code terraform-PROVIDER-NAME}. */
    record Title(String name, String provider) {}

    Optional<Title> title() {
        String last = identifier.substring(identifier.lastIndexOf('/') + 1).replaceAll("\\.git$", "");
        Matcher matcher = REPOSITORY.matcher(last);
        return matcher.matches() ? Optional.of(new Title(matcher.group(2), matcher.group(1))) : Optional.empty();
    }

    /** The version that a tag names, if it names one. */
    Optional<String> version(String tag) {
        if (!tag.startsWith(tagPrefix)) {
            return Optional.empty();
        }
        String number = tag.substring(tagPrefix.length());
        String plain = number.startsWith("v") ? number.substring(1) : number;
        return VersionNumber.parse(plain).map(VersionNumber::text);
    }

    void put(ModuleEntity row) {
        row.vcsIdentifier = identifier;
        row.vcsOauthTokenId = oauthTokenId.orElse(null);
        row.vcsBranch = branch;
        row.vcsTagPrefix = tagPrefix;
        row.vcsSourceDirectory = directory;
        row.vcsError = error.orElse(null);
    }

    static Optional<ModuleSource> of(ModuleEntity row) {
        @Nullable String identifier = row.vcsIdentifier;
        return identifier == null
                ? Optional.empty()
                : Optional.of(new ModuleSource(
                        identifier,
                        Optional.ofNullable(row.vcsOauthTokenId),
                        row.vcsBranch,
                        row.vcsTagPrefix,
                        row.vcsSourceDirectory,
                        Optional.ofNullable(row.vcsError)));
    }

    private static String text(JsonNode repo, String member) {
        JsonNode value = repo.path(member);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw wrong(member + " must be a text");
        }
        return value.asText("");
    }

    static Problem wrong(String why) {
        return Problem.invalid("vcs-repo", "Vcs repo: " + why);
    }
}

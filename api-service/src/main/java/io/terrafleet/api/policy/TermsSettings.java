package io.terrafleet.api.policy;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may set of a set's {@link PolicySetTerms}.
 *
 * @param engineUrl taken away when empty
 */
record TermsSettings(
        Optional<Boolean> undecidedBlocks,
        Optional<Boolean> agentEnabled,
        Optional<Long> requiredApprovals,
        Optional<Boolean> authorMayOverride,
        Optional<String> engineUrl,
        Optional<List<String>> functions,
        Optional<Boolean> engineReadsCost) {
    static final TermsSettings NONE = new TermsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final int MOST_APPROVALS = 10;
    private static final int LONGEST_URL = 2_048;
    private static final Set<String> REACHING_OUT = Set.of("http.send", "net.lookup_ip_addr");

    TermsSettings {
        requiredApprovals
                .filter(number -> number < 1 || number > MOST_APPROVALS)
                .ifPresent(number -> {
                    throw Problem.invalid("required-approvals", "Required approvals go from 1 to " + MOST_APPROVALS);
                });
        engineUrl.filter(text -> !text.isEmpty()).ifPresent(TermsSettings::checkUrl);
        functions.ifPresent(names -> names.stream()
                .filter(name -> !REACHING_OUT.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.invalid(
                            "allowed-functions", "Allowed functions can only be http.send and net.lookup_ip_addr");
                }));
    }

    static TermsSettings read(RequestDocument request) {
        Optional<String> engine =
                request.isNull("engine-url") ? Optional.of("") : request.text("engine-url", LONGEST_URL);
        return new TermsSettings(
                request.flag("undecided-blocks"),
                request.flag("agent-enabled"),
                request.integer("required-approvals"),
                request.flag("author-may-override"),
                engine,
                request.texts("allowed-functions"),
                request.flag("engine-reads-cost"));
    }

    void put(PolicySetEntity row) {
        undecidedBlocks.ifPresent(value -> row.undecidedBlocks = value);
        agentEnabled.ifPresent(value -> row.legacy = !value);
        requiredApprovals.ifPresent(value -> row.requiredApprovals = Math.toIntExact(value));
        authorMayOverride.ifPresent(value -> row.authorMayOverride = value);
        engineUrl.ifPresent(value -> row.engineUrl = value.isEmpty() ? null : value);
        functions.ifPresent(names -> row.allowedFunctions = String.join(" ", names));
        engineReadsCost.ifPresent(value -> row.engineReadsCost = value);
        if (row.library && row.engineUrl != null) {
            throw Problem.invalid("engine-url", "The library's set is judged by the platform's own engine");
        }
    }

    static PolicySetTerms of(PolicySetEntity row) {
        return new PolicySetTerms(
                row.undecidedBlocks,
                row.legacy,
                row.requiredApprovals,
                row.authorMayOverride,
                url(row.engineUrl),
                row.allowedFunctions.isEmpty() ? List.of() : List.of(row.allowedFunctions.split(" ", -1)),
                row.engineReadsCost);
    }

    private static Optional<URI> url(@Nullable String text) {
        return Optional.ofNullable(text).map(URI::create);
    }

    private static void checkUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null) {
                return;
            }
            throw wrongUrl();
        } catch (URISyntaxException e) {
            throw wrongUrl();
        }
    }

    private static Problem wrongUrl() {
        return Problem.invalid(
                "engine-url", "Engine url must be an address such as https://opa.example.com, without user or query");
    }
}

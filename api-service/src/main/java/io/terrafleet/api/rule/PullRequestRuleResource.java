package io.terrafleet.api.rule;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How pull requests are treated. Ours, not of the TFE API; {@code null} takes a word back. */
@Path("/api/v2")
@RunOnVirtualThread
public class PullRequestRuleResource {
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._~:/@?=&%*+-]{1,500}");
    private static final String PROVIDERS = "provider-allow-list";
    private static final String MODULES = "module-allow-list";
    private static final String POOL = "stranger-agent-pool-id";
    private static final String STATE = "stranger-state";
    private static final String COMMANDS = "comment-commands";
    private static final String APPLY = "apply";

    private final PullRequestRules rules;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Caller caller;

    PullRequestRuleResource(PullRequestRules rules, Organizations organizations, Workspaces workspaces, Caller caller) {
        this.rules = rules;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    @Path("organizations/{organization}/pull-request-rule")
    public Response ofOrganization(@PathParam("organization") String name) {
        Place place = organization(name, Permission.READ);
        PullRequestRule own = rules.of(place);
        return Documents.ok(view(place.organizationId(), own, own));
    }

    @PATCH
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("organizations/{organization}/pull-request-rule")
    public Response changeOfOrganization(@PathParam("organization") String name, InputStream body) {
        Place place = organization(name, Permission.MANAGE_VCS_SETTINGS);
        PullRequestRule own = rules.put(place, read(RequestDocument.read(body), rules.of(place)));
        return Documents.ok(view(place.organizationId(), own, own));
    }

    @GET
    @Needs(Permission.READ)
    @Path("workspaces/{workspace}/pull-request-rule")
    public Response ofWorkspace(@PathParam("workspace") String id) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ);
        return Documents.ok(view(id, rules.of(workspace.place()), rules.in(workspace)));
    }

    @PATCH
    @Needs(Permission.UPDATE_WORKSPACE)
    @Path("workspaces/{workspace}/pull-request-rule")
    public Response changeOfWorkspace(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        PullRequestRule own =
                rules.put(workspace.place(), read(RequestDocument.read(body), rules.of(workspace.place())));
        return Documents.ok(view(id, own, rules.in(workspace)));
    }

    private Place organization(String name, Permission permission) {
        return Place.organization(
                organizations.permitted(caller.principal(), name, permission).id());
    }

    private static PullRequestRule read(RequestDocument request, PullRequestRule before) {
        return new PullRequestRule(
                changed(request, PROVIDERS, before.providers(), document -> sources(document, PROVIDERS)),
                changed(request, MODULES, before.modules(), document -> sources(document, MODULES)),
                changed(request, POOL, before.agentPoolId(), document -> document.text(POOL, 100)),
                changed(
                        request,
                        STATE,
                        before.state(),
                        document -> word(document, STATE, PullRequestRule.State.values())),
                changed(request, COMMANDS, before.commands(), document -> document.flag(COMMANDS)),
                changed(
                        request,
                        APPLY,
                        before.apply(),
                        document -> word(document, APPLY, PullRequestRule.Apply.values())));
    }

    private interface Reader<T> extends Function<RequestDocument, Optional<T>> {}

    private static <T> Optional<T> changed(
            RequestDocument request, String attribute, Optional<T> before, Reader<T> reader) {
        return request.has(attribute) ? reader.apply(request) : before;
    }

    private static Optional<List<String>> sources(RequestDocument request, String attribute) {
        return request.texts(attribute).map(all -> {
            if (!all.stream().allMatch(text -> SOURCE.matcher(text).matches())) {
                throw Problem.invalid(
                        attribute, attribute + " must be a list of sources such as \"hashicorp/aws\" or \"acme/*\"");
            }
            return all;
        });
    }

    private static <E extends Enum<E>> Optional<E> word(RequestDocument request, String attribute, E[] words) {
        return request.text(attribute, 100).map(text -> Arrays.stream(words)
                .filter(word -> word.name().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(attribute, attribute + " is not included in the list")));
    }

    /** @param counts what counts in the place, its organization's word included */
    private static Resource view(String id, PullRequestRule own, PullRequestRule counts) {
        return Resource.of("pull-request-rules", id)
                .with(PROVIDERS, own.providers())
                .with(MODULES, own.modules())
                .with(POOL, own.agentPoolId())
                .with(STATE, own.state().map(PullRequestRule.State::word))
                .with(COMMANDS, own.commands())
                .with(APPLY, own.apply().map(PullRequestRule.Apply::word))
                .with("effective", effective(counts));
    }

    private static Map<String, Object> effective(PullRequestRule counts) {
        Map<String, Object> words = new LinkedHashMap<>();
        counts.providers().ifPresent(list -> words.put(PROVIDERS, list));
        counts.modules().ifPresent(list -> words.put(MODULES, list));
        counts.agentPoolId().ifPresent(id -> words.put(POOL, id));
        words.put(STATE, counts.state().orElse(PullRequestRule.State.REDACTED).word());
        words.put(COMMANDS, counts.obeysComments());
        counts.apply().ifPresent(when -> words.put(APPLY, when.word()));
        return words;
    }
}

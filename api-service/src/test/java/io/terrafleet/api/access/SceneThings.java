package io.terrafleet.api.access;

import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.notification.Destination;
import io.terrafleet.api.notification.NotificationSettings;
import io.terrafleet.api.notification.Notifications;
import io.terrafleet.api.notification.Subscribable;
import io.terrafleet.api.organization.ReservedTagKeys;
import io.terrafleet.api.retention.Keeper;
import io.terrafleet.api.retention.Retentions;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunComments;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.sshkey.SshKeys;
import io.terrafleet.api.trigger.RunTriggers;
import io.terrafleet.api.variable.VariableOwner;
import io.terrafleet.api.variable.VariableSet;
import io.terrafleet.api.variable.VariableSetSettings;
import io.terrafleet.api.variable.VariableSets;
import io.terrafleet.api.variable.VariableSettings;
import io.terrafleet.api.variable.Variables;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceTags;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smaller things around a workspace of the {@link AccessScene}, one of each, and what one sends to make another. */
@ApplicationScoped
class SceneThings {
    private static final String TAG = "blue";
    private static final String LINE = "PRIVATE KEY-----";
    private static final String KEY = "-----BEGIN " + LINE + "\nbm90LWEta2V5\n-----END " + LINE;

    private final Tenant tenant;
    private final Runs runs;
    private final RunReading reading;
    private final RunComments comments;
    private final RunTriggers triggers;
    private final Notifications notifications;
    private final Retentions retentions;
    private final ReservedTagKeys reserved;
    private final SshKeys keys;
    private final VariableSets sets;
    private final Variables variables;
    private final WorkspaceTags tags;

    SceneThings(
            Tenant tenant,
            Runs runs,
            RunReading reading,
            RunComments comments,
            RunTriggers triggers,
            Notifications notifications,
            Retentions retentions,
            ReservedTagKeys reserved,
            SshKeys keys,
            VariableSets sets,
            Variables variables,
            WorkspaceTags tags) {
        this.tenant = tenant;
        this.runs = runs;
        this.reading = reading;
        this.comments = comments;
        this.triggers = triggers;
        this.notifications = notifications;
        this.retentions = retentions;
        this.reserved = reserved;
        this.keys = keys;
        this.sets = sets;
        this.variables = variables;
        this.tags = tags;
    }

    /**
     * What stands for the parameters of their addresses; the longest context first.
     *
     * @param over a run of the same workspace, to be given up
     */
    Map<String, String> names(Company company, Workspace workspace, Run run, Run over, VariableSettings variable) {
        Map<String, String> names = new LinkedHashMap<>();
        VariableSet set = sets.create(company.id(), named("shared"));
        names.put(
                "relationships/vars/{variable}",
                "relationships/vars/"
                        + variables
                                .create(new VariableOwner.OfSet(set.id()), variable)
                                .id());
        names.put("varsets/{set}", "varsets/" + set.id());
        names.put(
                "ssh-keys/{key}",
                "ssh-keys/" + keys.create(company.id(), "deploy", KEY).id());
        names.put(
                "reserved-tag-keys/{key}",
                "reserved-tag-keys/"
                        + reserved.create(company.id(), "cost-center", false).id());
        names.put(
                "{trigger}",
                triggers.create(workspace, tenant.workspace(company)).id());
        names.put("{configuration}", notification(company, workspace));
        names.put(
                "{comment}",
                comments.add(run.id(), company.owner().principal(), "looks right")
                        .id());
        runs.wish(over.id(), new RunInput.Cancel("owner"), "canceled", "");
        names.put("{event}", reading.events(over.id()).getFirst().id());
        tags.add(workspace.id(), List.of(TAG));
        names.put(
                "{tag}",
                "tag-" + Base64.getUrlEncoder().withoutPadding().encodeToString(TAG.getBytes(StandardCharsets.UTF_8)));
        names.put("{pool}", pool(company));
        retentions.set(new Keeper(company.id(), Optional.empty()), Optional.of(300L));
        retentions.set(new Keeper(company.id(), Optional.of(workspace.id().value())), Optional.of(30L));
        return names;
    }

    private static String pool(Company company) {
        return company.owner()
                .asks()
                .body(attributes("name", "outside"))
                .post("/api/v2/organizations/" + company.name() + "/agent-pools")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private String notification(Company company, Workspace workspace) {
        return notifications
                .create(
                        new Subscribable("workspaces", workspace.id().value(), company.id()),
                        new NotificationSettings(
                                Optional.of("hook"),
                                Optional.of(Destination.GENERIC),
                                Optional.of(false),
                                Optional.of("http://127.0.0.1:9/hook"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .id();
    }

    private static VariableSetSettings named(String name) {
        return new VariableSetSettings(
                Optional.of(name),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** By route. */
    static Map<String, String> bodies(Workspace workspace) {
        String workspaces = """
                {"data":[{"type":"workspaces","id":"%s"}]}""".formatted(workspace.id());
        String bindings =
                """
                {"data":[{"type":"tag-bindings","attributes":{"key":"team","value":"red"}}]}""";
        String retention =
                """
                {"data":{"type":"data-retention-policy-delete-olders","attributes":{"delete-older-than-n-days":9}}}""";
        return Map.ofEntries(
                Map.entry("POST /api/v2/tags/{tag}/relationships/workspaces", workspaces),
                Map.entry("POST /api/v2/varsets/{set}/relationships/workspaces", workspaces),
                Map.entry("PATCH /api/v2/projects/{project}/tag-bindings", bindings),
                Map.entry("POST /api/v2/workspaces/{workspace}/relationships/data-retention-policy", retention),
                Map.entry("POST /api/v2/organizations/{organization}/relationships/data-retention-policy", retention),
                Map.entry("POST /api/v2/organizations/{organization}/varsets", attributes("name", "another")),
                Map.entry("POST /api/v2/varsets/{set}/relationships/vars", attributes("key", "b")),
                Map.entry("PATCH /api/v2/varsets/{set}", attributes("description", "changed")),
                Map.entry("PATCH /api/v2/ssh-keys/{key}", attributes("name", "renamed")),
                Map.entry("POST /api/v2/organizations/{organization}/reserved-tag-keys", attributes("key", "env")),
                Map.entry("POST /api/v2/runs/{run}/comments", attributes("body", "I agree")),
                Map.entry("PATCH /api/v2/workspaces/{workspace}/relationships/ssh-key", attributes("id", "")),
                Map.entry("POST /api/v2/workspaces/{workspace}/relationships/remote-state-consumers", "{\"data\":[]}"),
                Map.entry(
                        "PATCH /api/v2/workspaces/{workspace}/relationships/remote-state-consumers", "{\"data\":[]}"));
    }

    private static String attributes(String name, String value) {
        return "{\"data\":{\"attributes\":{\"" + name + "\":\"" + value + "\"}}}";
    }
}

package io.terrafleet.api.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.NewRun.RunVariable;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code POST /runs}. */
final class RunRequests {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,254}");
    private static final int MOST_MESSAGE = 10_000;
    private static final int MOST_VARIABLES = 500;
    private static final int MOST_VALUE = 262_144;

    private RunRequests() {}

    static WorkspaceId workspace(RequestDocument document) {
        String id = document.related("workspace")
                .orElseThrow(() -> Problem.invalidRelationship("workspace", "Workspace can't be blank"));
        if (!Ids.isOne("ws", id)) {
            throw Problem.invalidRelationship("workspace", "Workspace does not exist");
        }
        return new WorkspaceId(id);
    }

    static NewRun parse(RequestDocument document, WorkspaceId workspace, Principal who, String source) {
        boolean destroy = document.flag("is-destroy").orElse(false);
        boolean refreshOnly = document.flag("refresh-only").orElse(false);
        boolean refresh = document.flag("refresh").orElse(true);
        boolean planOnly = document.flag("plan-only").orElse(false);
        if (refreshOnly && destroy) {
            throw Problem.invalid("refresh-only", "Refresh only cannot be combined with is-destroy");
        }
        if (refreshOnly && !refresh) {
            throw Problem.invalid("refresh-only", "Refresh only cannot be combined with refresh: false");
        }
        boolean savePlan = document.flag("save-plan").orElse(false);
        if (savePlan && planOnly) {
            throw Problem.invalid(
                    "save-plan", "Save plan cannot be combined with plan-only: a plan-only run is never applied");
        }
        Optional<String> version = document.text("terraform-version", 100);
        if (version.isPresent() && !planOnly) {
            throw Problem.invalid("terraform-version", "Terraform version can only be set on a plan-only run");
        }
        return new NewRun(
                workspace,
                document.related("configuration-version"),
                planOnly,
                document.flag("auto-apply"),
                destroy,
                refresh,
                refreshOnly,
                addresses(document, "target-addrs"),
                addresses(document, "replace-addrs"),
                document.flag("allow-empty-apply").orElse(false),
                savePlan,
                version,
                document.text("message", MOST_MESSAGE).orElse("Queued by " + who.name()),
                variables(document),
                source,
                who.id(),
                who.name(),
                document.flag("allow-config-generation").orElse(false),
                document.flag("debugging-mode").orElse(false),
                Optional.empty());
    }

    /** Addresses become arguments of terraform: one that begins with a dash would be taken for an option. */
    private static List<String> addresses(RequestDocument document, String attribute) {
        List<String> addresses = document.texts(attribute).orElse(List.of());
        for (String address : addresses) {
            if (address.isBlank() || address.startsWith("-") || address.chars().anyMatch(c -> c < ' ')) {
                throw Problem.invalid(
                        attribute, attribute + " must hold resource addresses such as aws_instance.web[0]");
            }
        }
        return addresses;
    }

    private static List<RunVariable> variables(RequestDocument document) {
        JsonNode list = document.raw("variables");
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MOST_VARIABLES) {
            throw Problem.invalid("variables", "Variables must be a list of at most " + MOST_VARIABLES + " objects");
        }
        List<RunVariable> variables = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode key = item.path("key");
            JsonNode value = item.path("value");
            if (!key.isTextual() || !IDENTIFIER.matcher(key.textValue()).matches()) {
                throw Problem.invalid("variables", "Variables must each have a key that is a terraform identifier");
            }
            if (!value.isTextual() || value.textValue().length() > MOST_VALUE) {
                throw Problem.invalid(
                        "variables",
                        "Variables must each have a value that is an HCL expression of at most " + MOST_VALUE
                                + " characters, written as a string");
            }
            variables.add(new RunVariable(key.textValue(), value.textValue()));
        }
        return List.copyOf(variables);
    }
}

package io.terrafleet.policy.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.event.RunDocument;
import io.terrafleet.rego.value.Value;
import java.util.List;

/**
 * The run as {@code input.run}, its members named as HCP Terraform documents them
 * (https://developer.hashicorp.com/terraform/cloud-docs/policy-enforcement/define-policies/opa). What is not known here, the commit
 * for instance, is null rather than absent.
 */
final class RunInput {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RunInput() {}

    static Value of(RunDocument run) {
        ObjectNode node = NODES.objectNode();
        node.put("id", run.id());
        node.put("created_at", run.createdAt().toString());
        node.put("created_by", run.createdBy());
        node.put("message", run.message());
        node.putNull("commit_sha");
        node.put("is_destroy", run.isDestroy());
        node.put("refresh", run.refresh());
        node.put("refresh_only", run.refreshOnly());
        node.set("replace_addrs", texts(run.replaceAddrs()));
        node.put("speculative", run.speculative());
        node.set("target_addrs", texts(run.targetAddrs()));
        node.putObject("project")
                .put("id", run.project().id())
                .put("name", run.project().name());
        ObjectNode variables = node.putObject("variables");
        run.variables().forEach((name, variable) -> variables
                .putObject(name)
                .put("category", variable.category())
                .put("sensitive", variable.sensitive()));
        node.putObject("organization").put("name", run.organization());
        node.set("workspace", workspace(run.workspace()));
        return Value.fromJson(node);
    }

    private static ObjectNode workspace(RunDocument.Workspace workspace) {
        ObjectNode node = NODES.objectNode();
        node.put("id", workspace.id());
        node.put("name", workspace.name());
        node.put("created_at", workspace.createdAt().toString());
        node.put("description", workspace.description());
        node.put("execution_mode", workspace.executionMode());
        node.put("auto_apply", workspace.autoApply());
        node.set("tags", texts(workspace.tags()));
        node.put("working_directory", workspace.workingDirectory());
        node.putNull("vcs_repo");
        return node;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode node = NODES.arrayNode();
        texts.forEach(node::add);
        return node;
    }
}

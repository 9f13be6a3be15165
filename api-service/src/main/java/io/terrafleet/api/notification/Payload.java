package io.terrafleet.api.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.notification.Message.About;
import io.terrafleet.contracts.Json;
import java.util.Optional;
import java.util.function.Function;

/** A message in the form that its destination reads. */
final class Payload {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Payload() {}

    static byte[] of(Destination destination, String configurationId, Message message) {
        return switch (destination) {
            case GENERIC -> Json.write(generic(configurationId, message));
            case SLACK -> Json.write(slack(message));
            case MICROSOFT_TEAMS -> Json.write(teams(message));
            case EMAIL -> throw new IllegalArgumentException("mail has no payload");
        };
    }

    /** As the documentation of the TFE API describes it: payload version 1. */
    static ObjectNode generic(String configurationId, Message message) {
        ObjectNode json = NODES.objectNode();
        json.put("payload_version", 1);
        json.put("notification_configuration_id", configurationId);
        json.put("run_url", run(message, About::url));
        json.put("run_id", run(message, About::id));
        json.put("run_message", run(message, About::message));
        json.put("run_created_at", run(message, about -> about.createdAt().toString()));
        json.put("run_created_by", run(message, About::createdBy));
        json.put("workspace_id", run(message, About::workspaceId));
        json.put("workspace_name", run(message, About::workspaceName));
        json.put("organization_name", run(message, About::organizationName));
        json.putArray("notifications")
                .addObject()
                .put("message", message.title())
                .put("trigger", message.trigger())
                .put("run_status", run(message, About::status))
                .put("run_updated_at", run(message, about -> about.updatedAt().toString()))
                .put("run_updated_by", (String) null);
        return json;
    }

    private static @org.jspecify.annotations.Nullable String run(Message message, Function<About, String> part) {
        return message.run().map(part).orElse(null);
    }

    private static ObjectNode slack(Message message) {
        ObjectNode json = NODES.objectNode();
        json.put("text", escaped(line(message)));
        ObjectNode section = json.putArray("blocks").addObject().put("type", "section");
        section.putObject("text")
                .put("type", "mrkdwn")
                .put(
                        "text",
                        "*" + escaped(message.title()) + "*"
                                + message.run()
                                        .map(about -> "\n<" + about.url() + "|"
                                                + escaped(about.organizationName() + "/" + about.workspaceName())
                                                + ">\n" + escaped(about.message()))
                                        .orElse(""));
        return json;
    }

    /** Three characters mean something to Slack. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A card, as an incoming webhook of Teams takes it. */
    private static ObjectNode teams(Message message) {
        ObjectNode json = NODES.objectNode();
        json.put("type", "message");
        ObjectNode attachment = json.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("type", "AdaptiveCard").put("version", "1.4");
        var body = card.putArray("body");
        body.addObject()
                .put("type", "TextBlock")
                .put("text", message.title())
                .put("weight", "bolder")
                .put("wrap", true);
        message.run().ifPresent(about -> {
            body.addObject()
                    .put("type", "TextBlock")
                    .put("text", about.organizationName() + "/" + about.workspaceName() + ": " + about.message())
                    .put("wrap", true);
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "View run")
                    .put("url", about.url());
        });
        return json;
    }

    /** One line for people. */
    static String line(Message message) {
        Optional<About> run = message.run();
        return run.map(about -> message.title() + ": " + about.organizationName() + "/" + about.workspaceName())
                .orElse(message.title());
    }

    static String text(Message message) {
        return message.run()
                .map(about -> String.join(
                        "\n",
                        message.title(),
                        "",
                        "Workspace: " + about.organizationName() + "/" + about.workspaceName(),
                        "Run: " + about.id() + " (" + about.status() + ")",
                        "Message: " + about.message(),
                        "Started by: " + about.createdBy(),
                        "",
                        about.url(),
                        ""))
                .orElse(message.title() + "\n\nThis is a test: notifications of runs will arrive here.\n");
    }
}

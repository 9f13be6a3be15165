package io.terrafleet.api.notification;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A notification configuration as the API writes and reads it. */
final class NotificationView {
    private NotificationView() {}

    /** @param users the addresses of those of its users whose address the caller may know */
    static Resource of(NotificationConfiguration configuration, List<String> users) {
        Subscribable subscribable = configuration.subscribable();
        return Resource.of("notification-configurations", configuration.id())
                .with("name", configuration.name())
                .with("destination-type", configuration.destination().word())
                .with("enabled", configuration.enabled())
                .with("url", configuration.url().isEmpty() ? null : configuration.url())
                .with("token", null)
                .with(
                        "triggers",
                        configuration.triggers().stream().map(Trigger::word).toList())
                .with("email-addresses", configuration.emailAddresses())
                .with("external-email-addresses", configuration.emailAddresses())
                .with("user-email-addresses", users)
                .with(
                        "delivery-responses",
                        configuration.responses().stream()
                                .map(NotificationView::response)
                                .toList())
                .with("created-at", configuration.createdAt())
                .with("updated-at", configuration.updatedAt())
                .toOne("subscribable", subscribable.type(), subscribable.id())
                .related("subscribable", "/api/v2/" + subscribable.type() + "/" + subscribable.id())
                .toMany("users", "users", configuration.userIds())
                .link("self", "/api/v2/notification-configurations/" + configuration.id());
    }

    /** Code and success are strings: clients insist. */
    private static Map<String, Object> response(DeliveryResponse response) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", response.url());
        json.put("body", response.body());
        json.put("code", String.valueOf(response.code()));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        json.put("headers", headers);
        json.put("sent-at", response.sentAt());
        json.put("successful", String.valueOf(response.successful()));
        return json;
    }

    static NotificationSettings settings(RequestDocument request) {
        return new NotificationSettings(
                request.text("name"),
                request.text("destination-type").map(NotificationView::destination),
                request.flag("enabled"),
                request.isNull("url") ? Optional.of("") : request.text("url"),
                request.isNull("token") ? Optional.of("") : request.text("token"),
                request.isNull("triggers")
                        ? Optional.of(List.of())
                        : request.texts("triggers").map(words -> words.stream()
                                .map(NotificationView::trigger)
                                .toList()),
                request.isNull("email-addresses") ? Optional.of(List.of()) : request.texts("email-addresses"),
                request.relatedIds("users"));
    }

    private static Destination destination(String word) {
        return Destination.named(word)
                .orElseThrow(() -> Problem.invalid(
                        "destination-type",
                        "Destination type must be \"generic\", \"slack\", \"microsoft-teams\" or \"email\""));
    }

    private static Trigger trigger(String word) {
        return Trigger.named(word)
                .orElseThrow(() -> Problem.invalid(
                        "triggers",
                        "Triggers must be among run:created, run:planning, run:needs_attention,"
                                + " run:applying, run:completed, run:errored, assessment:drifted,"
                                + " assessment:check_failure, assessment:failed, workspace:auto_destroy_reminder,"
                                + " workspace:auto_destroy_run_results"));
    }
}

package io.terrafleet.api.run;

import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What somebody did to a run, as a {@code run-events} resource. */
@ApplicationScoped
class RunEventView {
    private final Users users;
    private final RunComments comments;

    RunEventView(Users users, RunComments comments) {
        this.users = users;
        this.comments = comments;
    }

    /** Who did it is a relationship when it was a person who is still there; teams and the platform itself are only named. */
    Resource of(RunReading.RunEvent event) {
        Optional<String> comment =
                event.action().equals("commented") ? comments.idOfEvent(event.id()) : Optional.empty();
        return Resource.of("run-events", event.id())
                .with("action", event.action())
                .with("description", event.actor() + (event.comment().isBlank() ? "" : ": " + event.comment()))
                .with("created-at", event.at())
                .toOne(
                        "actor",
                        "users",
                        users.findByName(event.actor()).map(Users.User::id).orElse(null))
                .toOne("comment", "comments", comment.orElse(null))
                .link("self", "/api/v2/run-events/" + event.id());
    }
}

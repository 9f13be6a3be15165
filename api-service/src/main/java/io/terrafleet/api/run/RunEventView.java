package io.terrafleet.api.run;

import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** What somebody did to a run, as a {@code run-events} resource. */
@ApplicationScoped
class RunEventView {
    private final Users users;

    RunEventView(Users users) {
        this.users = users;
    }

    /** Who did it is a relationship when it was a person who is still there; teams and the platform itself are only named. */
    Resource of(Runs.RunEvent event) {
        return Resource.of("run-events", event.id())
                .with("action", event.action())
                .with("description", event.actor() + (event.comment().isBlank() ? "" : ": " + event.comment()))
                .with("created-at", event.at())
                .toOne(
                        "actor",
                        "users",
                        users.findByName(event.actor()).map(Users.User::id).orElse(null))
                .link("self", "/api/v2/run-events/" + event.id());
    }
}

package io.terrafleet.api.access;

import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whoever sees a relationship to a user sees who it is. */
@ApplicationScoped
class LinkedUsers implements Linked {
    private final Users users;
    private final Caller caller;

    LinkedUsers(Users users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "users";
    }

    @Override
    public Optional<Resource> find(String id) {
        return users.find(id).map(user -> UserView.of(user, caller.principal()));
    }
}

package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who let a run be applied; nobody when it went on by itself, or when a team's token did. */
@ApplicationScoped
class ConfirmedByRelation implements Relation {
    private final RunReading runs;
    private final Users users;
    private final Caller caller;

    ConfirmedByRelation(RunReading runs, Users users, Caller caller) {
        this.runs = runs;
        this.users = users;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "runs";
    }

    @Override
    public String name() {
        return "confirmed-by";
    }

    @Override
    public boolean many() {
        return false;
    }

    @Override
    public List<Resource> of(String id) {
        return runs.events(new RunId(id)).stream()
                .filter(event -> event.action().equals("confirmed"))
                .flatMap(event -> users.findByName(event.actor()).stream())
                .map(user -> UserView.of(user, caller.principal()))
                .limit(1)
                .toList();
    }
}

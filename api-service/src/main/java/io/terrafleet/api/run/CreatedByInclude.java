package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who made a run; a run that came about by itself was made by nobody. */
@ApplicationScoped
class CreatedByInclude implements RunInclude {
    private final Users users;
    private final Caller caller;

    CreatedByInclude(Users users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "created_by";
    }

    @Override
    public List<Resource> of(Run run) {
        return of(run.createdById());
    }

    List<Resource> of(String id) {
        return users.find(id).map(user -> UserView.of(user, caller.principal())).stream()
                .toList();
    }
}

package io.terrafleet.api.stage;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** While a task works, its access token may read two things: the run's plan as JSON and the run's configuration. */
@Singleton
public class TaskTokenFilter {
    private final TaskStages stages;
    private final Runs runs;
    private final Caller caller;

    TaskTokenFilter(TaskStages stages, Runs runs, Caller caller) {
        this.stages = stages;
        this.runs = runs;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 50)
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals("GET")) {
            return;
        }
        TaskToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> stages.speaksFor(token.resultId(), token.key()))
                .flatMap(runs::find)
                .filter(run -> readable(run).contains(request.getUriInfo().getPath()))
                .ifPresent(run -> caller.is(
                        new Principal(run.id().value(), "run task", false, Optional.of(run.organizationId()))));
    }

    private static Set<String> readable(Run run) {
        return Set.of(
                "/api/v2/plans/" + run.sibling("plan") + "/json-output",
                "/api/v2/configuration-versions/" + run.configurationVersionId() + "/download");
    }
}

package io.terrafleet.api.access;

import io.terrafleet.api.problem.ProblemMappers;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** An endpoint that answers without having asked for the permission it states is a mistake of ours; nobody gets its answer. */
@Singleton
public class NeedsFilter {
    private static final Logger LOG = Logger.getLogger(NeedsFilter.class);
    private static final String KEPT_BACK =
            "{\"errors\":[{\"status\":\"500\",\"title\":\"internal error\",\"detail\":\"The answer was kept back: its permission was not asked for.\"}]}";

    private final Caller caller;

    NeedsFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerResponseFilter
    public void filter(ContainerResponseContext answer, @Nullable ResourceInfo resource) {
        if (answer.getStatus() >= 300 || resource == null || resource.getResourceMethod() == null) {
            return;
        }
        stated(resource)
                .filter(needed -> needed != Permission.KNOWN && !caller.asked(needed))
                .ifPresent(needed -> {
                    LOG.errorf(
                            "endpoint %s.%s answered without asking for %s",
                            resource.getResourceClass().getSimpleName(),
                            resource.getResourceMethod().getName(),
                            needed);
                    answer.setStatus(500);
                    answer.setEntity(KEPT_BACK);
                    answer.getHeaders().putSingle("Content-Type", ProblemMappers.JSON_API);
                });
    }

    private static Optional<Permission> stated(ResourceInfo resource) {
        return Optional.ofNullable(resource.getResourceMethod().getAnnotation(Needs.class))
                .or(() -> Optional.ofNullable(resource.getResourceClass().getAnnotation(Needs.class)))
                .map(Needs::value);
    }
}

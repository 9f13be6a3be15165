package io.terrafleet.api.run;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import io.terrafleet.telemetry.LogKeys;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log lines that are written while a request about a run is answered say about which. */
@Provider
public class RunKeysFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String KEYS = "terrafleet.log-keys";
    private static final Pattern RUN = Pattern.compile("/(run-[A-Za-z0-9]{16})(-(?:plan|apply)-[1-9][0-9]?)?(?=/|$)");

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (path.contains("/run-")) {
            keys(path).ifPresent(keys -> request.setProperty(KEYS, keys));
        }
    }

    private static Optional<LogKeys> keys(String path) {
        Matcher run = RUN.matcher(path);
        if (!run.find()) {
            return Optional.empty();
        }
        return Optional.of(
                run.group(2) == null
                        ? LogKeys.of(new RunId(run.group(1)), Optional.empty(), Optional.empty())
                        : LogKeys.of(JobId.of(run.group(1) + run.group(2))));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(KEYS) instanceof LogKeys keys) {
            keys.close();
        }
    }
}

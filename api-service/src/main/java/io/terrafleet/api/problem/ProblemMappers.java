package io.terrafleet.api.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.Ids;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a resource into a JSON:API error document, or into a page where pages are served. */
@Singleton
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    public static final String JSON_API = "application/vnd.api+json";

    private final RandomGenerator random;

    ProblemMappers(@Identifier("api") RandomGenerator random) {
        this.random = random;
    }

    @ServerExceptionMapper
    public Response problem(Problem problem, UriInfo uri) {
        return answer(problem, uri);
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status >= 300 && status < 400) {
            return e.getResponse();
        }
        String detail =
                switch (status) {
                    case 404 -> "There is nothing at this address.";
                    case 405 -> "This method is not served at this address.";
                    case 413 -> "The body is larger than this server accepts.";
                    default -> "The request cannot be served: HTTP " + status + ".";
                };
        return answer(
                Problem.of(
                        status,
                        Response.Status.fromStatusCode(status) == null
                                ? "error"
                                : Response.Status.fromStatusCode(status)
                                        .getReasonPhrase()
                                        .toLowerCase(java.util.Locale.ROOT),
                        detail),
                uri);
    }

    /** A defect of ours: told by a number that stands in the log too, without its inside. */
    @ServerExceptionMapper
    public Response unexpected(Throwable e, UriInfo uri) {
        String incident = Ids.make("inc", random);
        LOG.errorf(e, "incident %s", incident);
        return answer(
                Problem.of(
                        500,
                        "internal error",
                        "Something went wrong on our side. The server's log tells more under " + incident + "."),
                uri);
    }

    /** The JSON:API document of a problem; {@code status} is a string, as clients insist. */
    public static ObjectNode document(Problem problem) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode error = document.putArray("errors").addObject();
        error.put("status", String.valueOf(problem.status()));
        error.put("title", problem.title());
        problem.detail().ifPresent(detail -> error.put("detail", detail));
        problem.pointer().ifPresent(pointer -> error.putObject("source").put("pointer", pointer));
        return document;
    }

    private static Response answer(Problem problem, UriInfo uri) {
        String path = uri.getPath();
        if (path.equals("/app") || path.startsWith("/app/")) {
            return ProblemPage.of(problem);
        }
        return Response.status(problem.status())
                .type(JSON_API)
                .entity(document(problem).toString())
                .build();
    }
}

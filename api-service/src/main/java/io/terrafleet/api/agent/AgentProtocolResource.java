package io.terrafleet.api.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.agentpool.Agent;
import io.terrafleet.api.agentpool.Agents;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.RunSize;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What agents speak, in plain JSON, with the token of their pool: register, ask for a job again and again (an asking waits up to 25 seconds
 * for one), say that a job cannot be run, say good-bye. A job's runner then talks to the runner's protocol as any other does.
 */
@Path("/api/agent/v1")
@RunOnVirtualThread
public class AgentProtocolResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final int LONGEST_MESSAGE = 2_000;

    private final AgentJobs jobs;
    private final Agents agents;
    private final AgentBell bell;
    private final PublicUrl url;
    private final Caller caller;

    AgentProtocolResource(AgentJobs jobs, Agents agents, AgentBell bell, PublicUrl url, Caller caller) {
        this.jobs = jobs;
        this.agents = agents;
        this.bell = bell;
        this.url = url;
        this.caller = caller;
    }

    /** {@code {"name":…}} → 201 {@code {"id":…,"pool":…,"ping-every-seconds":…}}. */
    @POST
    @Path("agents")
    @Needs(Permission.KNOWN)
    public Response register(InputStream body) {
        String pool = pool();
        JsonNode root = RequestDocument.read(body).root();
        Agent agent = agents.register(pool, root.path("name").asText(""), address());
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("id", agent.id());
        answer.put("pool", agent.poolId());
        answer.put("ping-every-seconds", Agents.PING_EVERY.toSeconds());
        return json(201, answer);
    }

    /**
     * {@code {"busy":…,"wait-seconds":…}} → 200 with a job, or 204 when there is none; a busy agent is only heard and never given one.
     */
    @POST
    @Path("agents/{agent}/jobs")
    @Needs(Permission.KNOWN)
    public Response next(@PathParam("agent") String id, InputStream body) {
        JsonNode root = RequestDocument.read(body).root();
        boolean busy = root.path("busy").asBoolean(false);
        Duration wait =
                Duration.ofSeconds(Math.clamp(root.path("wait-seconds").asLong(0), 0, LONGEST_WAIT.toSeconds()));
        Agent agent = agents.ping(own(id).id(), busy, address());
        if (busy) {
            return Response.noContent().build();
        }
        long heard = bell.heard();
        Optional<AgentJobs.Given> given = jobs.next(agent);
        if (given.isEmpty() && !wait.isZero()) {
            bell.await(heard, wait);
            given = jobs.next(agent);
        }
        return given.map(job -> json(200, view(job)))
                .orElseGet(() -> Response.noContent().build());
    }

    /** {@code {"message":…,"permanent":…}}: a sentence for people, and whether trying again cannot help. */
    @POST
    @Path("agents/{agent}/jobs/{job}/lost")
    @Needs(Permission.KNOWN)
    public Response lost(@PathParam("agent") String id, @PathParam("job") String job, InputStream body) {
        Agent agent = own(id);
        JsonNode root = RequestDocument.read(body).root();
        String message = root.path("message").asText("");
        if (message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw Problem.malformed("message must be a sentence of at most " + LONGEST_MESSAGE + " characters");
        }
        jobs.lost(agent, jobId(job), message, root.path("permanent").asBoolean(false));
        return Response.noContent().build();
    }

    @DELETE
    @Path("agents/{agent}")
    @Needs(Permission.KNOWN)
    public Response exit(@PathParam("agent") String id) {
        agents.exit(own(id).id());
        return Response.noContent().build();
    }

    private ObjectNode view(AgentJobs.Given given) {
        ObjectNode job = Json.mapper().createObjectNode();
        job.put("job", given.job().toString());
        job.put("claim-token", given.claimToken());
        job.put("organization", given.organization());
        job.put("workspace", given.workspace());
        job.put("engine", given.engine());
        job.put("version", given.version());
        given.builds().ifPresent(builds -> job.set("builds", Json.mapper().valueToTree(builds)));
        job.put("speculative", given.speculative());
        job.put("api", url.of(""));
        job.put("claim-before", given.claimBefore().toString());
        given.memory().ifPresent(bytes -> job.put("memory", bytes));
        given.size().ifPresent(size -> job.set("size", view(size)));
        return job;
    }

    /** Processors in thousandths, memory and disk in bytes. */
    private static ObjectNode view(RunSize said) {
        ObjectNode size = Json.mapper().createObjectNode();
        said.cpuRequest().ifPresent(millis -> size.put("cpu-request", millis));
        said.cpuLimit().ifPresent(millis -> size.put("cpu-limit", millis));
        said.memoryRequest().ifPresent(bytes -> size.put("memory-request", bytes));
        said.memoryLimit().ifPresent(bytes -> size.put("memory-limit", bytes));
        said.disk().ifPresent(bytes -> size.put("disk", bytes));
        return size;
    }

    /** An agent of another pool is not there. */
    private Agent own(String id) {
        String pool = pool();
        return agents.find(id).filter(agent -> agent.poolId().equals(pool)).orElseThrow(Problem::notFound);
    }

    private String pool() {
        Principal who = caller.principal();
        if (who.kind() != Principal.Kind.AGENT) {
            throw Problem.forbidden("Only the token of an agent pool is good here.");
        }
        return who.id();
    }

    private Optional<String> address() {
        return caller.origin().flatMap(Caller.Origin::address);
    }

    private static JobId jobId(String text) {
        try {
            return JobId.of(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }

    private static Response json(int status, ObjectNode body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body.toString())
                .build();
    }
}

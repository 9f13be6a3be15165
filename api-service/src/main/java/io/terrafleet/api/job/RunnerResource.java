package io.terrafleet.api.job;

import com.fasterxml.jackson.core.JacksonException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.job.Jobs.Pass;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.contracts.runner.RunnerPaths;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runner's protocol over HTTP. See docs/runner-protocol.md. */
@Path("/api/runner/v1/jobs/{job}")
@RunOnVirtualThread
@Open(because = "a claim token or the token of a lease is asked for by each method")
public class RunnerResource {
    private static final int MOST_DOCUMENT = 1_048_576;

    private final Jobs jobs;
    private final Configurations configurations;
    private final Artifacts artifacts;
    private final PhaseStates states;
    private final JobConfig config;

    RunnerResource(
            Jobs jobs, Configurations configurations, Artifacts artifacts, PhaseStates states, JobConfig config) {
        this.jobs = jobs;
        this.configurations = configurations;
        this.artifacts = artifacts;
        this.states = states;
        this.config = config;
    }

    @POST
    @Path("claim")
    public Response claim(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body) {
        JobId id = job(job);
        Claim claim = jobs.claim(id, bearer(authorization), read(body, ClaimRequest.class));
        return json(claim);
    }

    @POST
    @Path("heartbeat")
    public Response heartbeat(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence) {
        HeartbeatAnswer answer = jobs.heartbeat(pass(job, authorization, fence));
        return json(answer);
    }

    @GET
    @Path("configuration")
    public Response configuration(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence) {
        Run run = jobs.run(pass(job, authorization, fence));
        ArtifactRef archive = configurations
                .find(run.configurationVersionId())
                .flatMap(version -> version.archive())
                .orElseThrow(() -> Problem.gone("The configuration of " + run.id() + " is no longer kept."));
        return bytes(archive);
    }

    @GET
    @Path("state")
    public Response state(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence) {
        Run run = jobs.run(pass(job, authorization, fence));
        return states.content(run)
                .map(state ->
                        Response.ok(state, MediaType.APPLICATION_OCTET_STREAM).build())
                .orElseGet(() -> Response.noContent().build());
    }

    @POST
    @Path("state")
    public Response keepState(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence,
            InputStream body) {
        Pass pass = pass(job, authorization, fence);
        Run run = jobs.run(pass);
        states.record(pass.job(), run, readAtMost(body, config.stateLimit(), "A state"));
        return Response.ok().build();
    }

    @POST
    @Path("log")
    public Response log(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence,
            @QueryParam("offset") @Nullable Long offset,
            InputStream body) {
        Pass pass = pass(job, authorization, fence);
        if (offset == null || offset < 0) {
            throw Problem.malformed("offset must be a number from 0");
        }
        byte[] bytes = readAtMost(body, Logs.MOST_APPEND, "One piece of a log");
        long next = jobs.appendLog(pass, offset, bytes);
        return Response.status(next < offset ? 409 : 200)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.write(Map.of("next", next)))
                .build();
    }

    @PUT
    @Path("artifacts/{kind}")
    public Response upload(
            @PathParam("job") String job,
            @PathParam("kind") String kind,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence,
            @HeaderParam(RunnerPaths.SHA256_HEADER) @Nullable String sha256,
            InputStream body) {
        Pass pass = pass(job, authorization, fence);
        RunArtifact artifact = kind(kind);
        jobs.check(pass);
        ArtifactRef stored = artifacts.store(body, config.artifactLimit());
        if (!stored.sha256().equals(sha256)) {
            artifacts.delete(stored.id());
            throw Problem.unprocessable("The body's SHA-256 is not what " + RunnerPaths.SHA256_HEADER + " says.");
        }
        jobs.keepArtifact(pass, artifact, stored);
        return Response.ok().build();
    }

    @GET
    @Path("artifacts/{kind}")
    public Response download(
            @PathParam("job") String job,
            @PathParam("kind") String kind,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence) {
        Optional<ArtifactRef> artifact = jobs.planArtifact(pass(job, authorization, fence), kind(kind));
        return artifact.map(this::bytes).orElseGet(() -> Response.noContent().build());
    }

    @POST
    @Path("result")
    public Response result(
            @PathParam("job") String job,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(RunnerPaths.FENCE_HEADER) @Nullable Long fence,
            InputStream body) {
        Pass pass = pass(job, authorization, fence);
        jobs.report(pass, read(body, LastWord.class));
        return Response.ok().build();
    }

    private static Pass pass(String job, @Nullable String authorization, @Nullable Long fence) {
        if (fence == null) {
            throw Problem.malformed("The header " + RunnerPaths.FENCE_HEADER + " is missing.");
        }
        return new Pass(job(job), bearer(authorization), fence);
    }

    private Response bytes(ArtifactRef artifact) {
        return Response.ok(artifacts.open(artifact.id()), MediaType.APPLICATION_OCTET_STREAM)
                .header(RunnerPaths.SHA256_HEADER, artifact.sha256())
                .build();
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }

    private static JobId job(String text) {
        try {
            return JobId.of(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }

    private static RunArtifact kind(String text) {
        try {
            return RunArtifact.of(text);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw Problem.unauthorized();
        }
        return authorization.substring("Bearer ".length());
    }

    private static <T> T read(InputStream body, Class<T> type) {
        try {
            T value = Json.mapper().readValue(readAtMost(body, MOST_DOCUMENT, "The document"), type);
            if (value == null) {
                throw Problem.malformed("The body must be a JSON object, not null.");
            }
            return value;
        } catch (JacksonException e) {
            throw Problem.malformed("The body is not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Problem.malformed("The body could not be read to its end.");
        }
    }

    private static byte[] readAtMost(InputStream body, long most, String what) {
        try {
            byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
            if (bytes.length > most) {
                throw Problem.tooLarge(what + " may have at most " + most + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.malformed("The body could not be read to its end.");
        }
    }
}

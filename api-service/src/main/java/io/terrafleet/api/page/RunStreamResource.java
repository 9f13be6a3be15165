package io.terrafleet.api.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.page.RunPages.Found;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What keeps a run's page alive: a stream that says what is new, and the pieces of its logs. */
@Path("/app/{organization}/{workspace}/runs/{run}")
@RunOnVirtualThread
public class RunStreamResource {
    /** A stream ends after so many rounds of waiting; the browser opens another, and is asked again who it is. */
    private static final int MOST_QUIET_ROUNDS = 150;

    private static final int ROUNDS_BETWEEN_SIGNS_OF_LIFE = 7;

    private final RunPages pages;
    private final Runs runs;
    private final RunReading reading;
    private final Logs logs;
    private final LogPieces pieces;
    private final RunWatch watch;
    private final Caller caller;

    RunStreamResource(
            RunPages pages, Runs runs, RunReading reading, Logs logs, LogPieces pieces, RunWatch watch, Caller caller) {
        this.pages = pages;
        this.runs = runs;
        this.reading = reading;
        this.logs = logs;
        this.pieces = pieces;
        this.watch = watch;
        this.caller = caller;
    }

    /** Events {@code run}, {@code plan} and {@code apply}, each when there is news of it; they carry no data. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Permission.READ_RUNS)
    public void events(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id,
            @Context SseEventSink sink,
            @Context Sse sse)
            throws InterruptedException {
        Found found = permitted(organization, workspace, id);
        if (watch.full()) {
            throw Problem.of(503, "too many streams", "Too many pages are followed live; ask again without a stream.");
        }
        try (sink;
                RunWatch.Watcher watcher = watch.watch(found.run().id())) {
            Map<String, Object> told = Map.of();
            int quiet = 0;
            for (int round = 0; round < MOST_QUIET_ROUNDS && !sink.isClosed(); round++) {
                Map<String, Object> news = news(found.run().id());
                for (Map.Entry<String, Object> fact : news.entrySet()) {
                    if (!fact.getValue().equals(told.get(fact.getKey()))) {
                        sink.send(sse.newEventBuilder()
                                        .name(fact.getKey())
                                        .data("")
                                        .build())
                                .toCompletableFuture()
                                .join();
                        quiet = 0;
                    }
                }
                told = news;
                if (quiet++ >= ROUNDS_BETWEEN_SIGNS_OF_LIFE) {
                    sink.send(sse.newEventBuilder().comment("").build())
                            .toCompletableFuture()
                            .join();
                    quiet = 0;
                }
                if (!watcher.await()) {
                    return;
                }
            }
        }
    }

    /** The next piece of a log as HTML; {@code at} is what the piece before gave, nothing for the first. */
    @GET
    @Path("log/{phase}")
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Permission.READ_RUNS)
    public Response log(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id,
            @PathParam("phase") String phase,
            @RestQuery @Nullable String at) {
        Found found = permitted(organization, workspace, id);
        LogPieces.Piece piece = pieces.next(Logs.of(found.run().id(), phase(phase)), at == null ? "" : at);
        return Response.ok(new String(Json.write(piece), StandardCharsets.UTF_8))
                .build();
    }

    /** The whole log as terraform wrote it. */
    @GET
    @Path("log/{phase}/text")
    @Needs(Permission.READ_RUNS)
    public Response text(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id,
            @PathParam("phase") String phase) {
        Found found = permitted(organization, workspace, id);
        String log = Logs.of(found.run().id(), phase(phase));
        StreamingOutput content = output -> {
            long offset = 0;
            byte[] piece = logs.read(log, offset, Logs.MOST_APPEND);
            while (piece.length > 0) {
                for (byte one : piece) {
                    if (one != 2 && one != 3) {
                        output.write(one);
                    }
                }
                offset += piece.length;
                piece = logs.read(log, offset, Logs.MOST_APPEND);
            }
        };
        return Response.ok(content, "text/plain;charset=UTF-8").build();
    }

    private Found permitted(String organization, String workspace, String id) {
        return pages.permitted(caller.principal(), organization, workspace, id, Permission.READ_RUNS);
    }

    /** What a page would show otherwise when one of these is another. */
    private Map<String, Object> news(RunId id) {
        Map<String, Object> news = new LinkedHashMap<>();
        RunState state = runs.find(id).orElseThrow(Problem::notFound).state();
        news.put("run", state.hashCode() + reading.waitingFor(id).orElse(""));
        for (Phase phase : Phase.values()) {
            news.put(phase.word(), logs.length(Logs.of(id, phase)));
        }
        return news;
    }

    private static Phase phase(String word) {
        for (Phase phase : Phase.values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        throw Problem.notFound();
    }
}

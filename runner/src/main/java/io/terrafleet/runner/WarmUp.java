package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.runner.archive.TreeSnapshot;
import io.terrafleet.runner.archive.Unpacking;
import io.terrafleet.runner.log.Mask;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads while idle what the first job would otherwise wait for: HTTP, JSON, archives, processes. */
final class WarmUp {
    private static final String CLAIM = "{\"job\":\"run-1111111111111111-plan-1\",\"leaseToken\":\"x\",\"fence\":1,"
            + "\"heartbeatEvery\":\"PT5S\",\"organization\":\"o\",\"workspaceName\":\"w\",\"engine\":\"terraform\","
            + "\"workingDirectory\":\"\",\"options\":{\"destroy\":false,\"refresh\":true,\"refreshOnly\":false,"
            + "\"targetAddrs\":[],\"replaceAddrs\":[],\"allowEmptyApply\":false,\"structuredOutput\":true},\"variables\":[{\"key\":\"k\","
            + "\"value\":\"v\",\"category\":\"env\",\"hcl\":false,\"sensitive\":true}],\"hasState\":false,"
            + "\"timeout\":\"PT1H\",\"coolOff\":\"PT1M\",\"logLimitBytes\":1}";

    private WarmUp() {}

    static void run(HttpClient http) throws IOException, InterruptedException {
        Claim claim = Json.mapper().readValue(CLAIM, Claim.class);
        Json.mapper().readValue(Json.write(claim), Claim.class);
        Json.mapper().readValue("{\"order\":\"GO_ON\"}", HeartbeatAnswer.class);
        Json.write(LastWord.of(new PhaseResult.Planned(true, PhaseResult.Counts.NONE, "", "", Optional.empty())));
        Mask.of(List.of("something")).pass("nothing".getBytes(StandardCharsets.UTF_8));
        archive();
        new ProcessBuilder("true").start().waitFor();
        connect(http);
    }

    private static void archive() throws IOException {
        Path directory = Files.createTempDirectory("terrafleet-warm-up");
        try {
            Path source = Files.createDirectory(directory.resolve("source"));
            Path target = Files.createDirectory(directory.resolve("target"));
            TreeSnapshot empty = TreeSnapshot.of(source, file -> false);
            Files.writeString(source.resolve("file"), "content");
            empty.packChanges(directory.resolve("archive"));
            Unpacking.unpack(directory.resolve("archive"), target, Unpacking.Limits.CONFIGURATION);
        } finally {
            JobDirectory.delete(directory);
        }
    }

    /** Nobody listens there; the way to find that out loads the client. */
    private static void connect(HttpClient http) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Authorization", "Bearer x")
                .build();
        try {
            http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body().close();
        } catch (ConnectException expected) {
            // the purpose is fulfilled
        }
    }
}

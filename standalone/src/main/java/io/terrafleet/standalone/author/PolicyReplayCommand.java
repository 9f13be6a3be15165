package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TrustedAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges plans of the past by policies that are not enforced yet. */
@Command(
        name = "replay",
        description = {
            "Judges plans that were made already, to see what policies would have stopped before they are enforced.",
            "The plans are those of a workspace's last runs (token: TERRAFLEET_TOKEN), or files.",
            "Exit code: 0 none would be stopped, 1 at least one would, 2 a plan or the platform cannot be read."
        })
final class PolicyReplayCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PolicyChoice choice = new PolicyChoice();

    @Option(names = "--plans", paramLabel = "DIR", description = "A directory of plans: *.json and *.json.gz.")
    @Nullable
    Path plans;

    @Option(names = "--workspace", paramLabel = "ID", description = "The workspace whose runs are replayed.")
    @Nullable
    String workspace;

    @Option(names = "--address", paramLabel = "URL", description = "Where the platform is (http://localhost:8080).")
    URI address = URI.create("http://localhost:8080");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM of a certificate authority to trust besides the usual ones.")
    @Nullable
    Path authority;

    @Option(names = "--last", paramLabel = "N", description = "How many runs (20).")
    int last = 20;

    @Option(names = "--json", description = "One entry for each plan, as JSON.")
    boolean json;

    @Override
    public Integer call() {
        Function<Subject, Verdicts> judge = choice.judge();
        Map<String, Verdicts> replayed = new LinkedHashMap<>();
        if (plans != null) {
            for (Path file : Sources.files(List.of(plans), PolicyReplayCommand::isPlan)) {
                byte[] plan = Documents.bytes(file.toString());
                replayed.put(file.toString(), judge.apply(PolicyEvalCommand.subject(file.toString(), plan)));
            }
        } else if (workspace != null) {
            fromPlatform(workspace, judge, replayed);
        } else {
            throw new ToolFailure("nothing to replay: give --workspace ID or --plans DIR");
        }
        long stopped = replayed.values().stream()
                .filter(verdicts -> !verdicts.blocking().isEmpty())
                .count();
        tell(Output.of(spec), replayed, stopped);
        return stopped > 0 ? ExitCode.FAILED : ExitCode.PASSED;
    }

    private static boolean isPlan(Path file) {
        return file.toString().endsWith(".json") || file.toString().endsWith(".json.gz");
    }

    private void fromPlatform(String id, Function<Subject, Verdicts> judge, Map<String, Verdicts> into) {
        String token = System.getenv("TERRAFLEET_TOKEN");
        if (token == null || token.isBlank()) {
            throw new ToolFailure("TERRAFLEET_TOKEN must hold a token that may read the workspace's plans");
        }
        trust();
        try (TfeClient client = new TfeClient(address, token)) {
            List<Run> runs = client.runs(id).stream()
                    .filter(run -> run.planId().isPresent() && run.hasChanges())
                    .limit(last)
                    .toList();
            for (Run run : runs) {
                into.put(run.id(), judge.apply(PolicyEvalCommand.subject(run.id(), client.planJson(run.id()))));
            }
        } catch (ApiFailure e) {
            throw new ToolFailure(address + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new ToolFailure("there is no platform at " + address + "; --address says where it is", e);
        }
    }

    /** The store of authorities is read when the first connection is made; it goes with this process. */
    private void trust() {
        if (authority == null) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("terrafleet-trust");
            TrustedAuthority.trust(authority, directory);
            directory.resolve(TrustedAuthority.STORE).toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new ToolFailure("no temporary directory can be made: " + e.getMessage(), e);
        } catch (PlatformUnusable e) {
            throw new ToolFailure("--ca: " + e.getMessage(), e);
        }
    }

    private void tell(Output output, Map<String, Verdicts> replayed, long stopped) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        replayed.forEach((name, verdicts) -> {
            ObjectNode one = all.addObject()
                    .put("plan", name)
                    .put("stopped", !verdicts.blocking().isEmpty());
            one.put("failed", verdicts.count("fail")).put("undecided", verdicts.count("undecided"));
            ObjectNode rules = one.putObject("rules");
            verdicts.blocking().forEach(rules::put);
            if (!json) {
                output.line((verdicts.blocking().isEmpty() ? "passes  " : "stopped ")
                        + name
                        + (verdicts.blocking().isEmpty() ? "" : "  " + verdicts.blocking()));
            }
        });
        if (json) {
            output.line(all.toPrettyString());
        } else {
            output.line(stopped + " of " + replayed.size() + " plans would be stopped");
        }
    }
}

package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.testkit.Await;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** A run under observation; what is awaited fails at once when the run ends otherwise. */
record TestRun(TfeClient api, String id) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    Run now() {
        return api.run(id);
    }

    Run until(String status) {
        return until("status " + status, run -> run.status().equals(status));
    }

    Run untilConfirmable() {
        return until("confirmable", Run::isConfirmable);
    }

    Run untilFinished() {
        return until("finished", Run::isFinal);
    }

    void confirm() {
        api.act(id, "apply", "");
    }

    void cancel() {
        api.act(id, "cancel", "");
    }

    String planLog() {
        return log("plans/" + now().planId().orElseThrow());
    }

    String applyLog() {
        return log("applies/" + now().applyId().orElseThrow());
    }

    /** The platform may be away in between: then the run is looked at again. */
    Run until(String what, Predicate<Run> reached) {
        return Await.value("run " + id + ": " + what, PATIENCE, () -> {
            Run run;
            try {
                run = now();
            } catch (UncheckedIOException | ApiFailure away) {
                return Optional.empty();
            }
            if (reached.test(run)) {
                return Optional.of(run);
            }
            assertThat(run.isFinal())
                    .as(
                            "run %s ended as %s before it was %s; its log:%n%s",
                            id, run.status(), what, run.isFinal() ? logs() : "")
                    .isFalse();
            return Optional.empty();
        });
    }

    private String logs() {
        return planLog() + "\n" + applyLog();
    }

    private String log(String path) {
        String url = api.attributes(path).path("log-read-url").asText();
        StringBuilder text = new StringBuilder();
        long offset = 0;
        while (true) {
            byte[] piece = api.log(url, offset);
            if (piece.length == 0) {
                return text.toString();
            }
            text.append(new String(piece, StandardCharsets.UTF_8));
            offset += piece.length;
        }
    }
}

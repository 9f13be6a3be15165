package io.terrafleet.standalone.demo;

import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The whole play on one running platform, over its public API only. */
public final class Demo {
    private static final String ORGANIZATION = "demo";

    private final Screen screen;
    private final boolean aws;

    public Demo(Screen screen, boolean aws) {
        this.screen = screen;
        this.aws = aws;
    }

    public DemoSummary play(RunningPlatform platform) {
        double startup = platform.startup().toMillis() / 1000.0;
        screen.line(String.format(Locale.ROOT, "Terrafleet is ready after %.1f s at %s", startup, platform.url()));
        DemoSummary.Notes notes = new DemoSummary.Notes();
        try (TfeClient api = new TfeClient(platform.url(), platform.adminToken().orElseThrow())) {
            api.createOrganization(ORGANIZATION);
            Stage stage = new Stage(platform, api, screen, notes, ORGANIZATION);
            new PortalActs(stage).play();
            if (aws) {
                new AwsAct(stage).play();
            }
        } catch (DemoBroken | ApiFailure | UncheckedIOException e) {
            notes.problem(String.valueOf(e.getMessage()));
            screen.bad("broken", String.valueOf(e.getMessage()));
        }
        DemoSummary summary = notes.summary(platform.url().toString(), startup, ORGANIZATION);
        screen.title(
                summary.ok()
                        ? "All went as promised."
                        : "Not all went as promised: " + summary.problems().size() + " problem(s), named above.");
        return summary;
    }
}

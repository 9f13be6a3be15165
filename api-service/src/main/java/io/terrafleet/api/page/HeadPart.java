package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunOptions;
import io.terrafleet.api.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who asked for which run, and how it stands.
 *
 * @param kinds how it was asked for, where that is not the usual
 * @param say read out when the state changes
 */
public record HeadPart(
        String id,
        String title,
        Pill pill,
        String by,
        Moment at,
        String version,
        List<String> kinds,
        boolean finished,
        String say) {
    static HeadPart of(Run run) {
        Pill pill = Pill.of(run.state());
        String engine = run.engine().equals("tofu") ? "OpenTofu" : "Terraform";
        return new HeadPart(
                run.id().value(),
                title(run),
                pill,
                run.createdByName(),
                new Moment(run.createdAt()),
                engine + " " + run.exactVersion().orElse(run.terraformVersion()),
                kinds(run.options()),
                run.state() instanceof RunState.Finished,
                "The run is now: " + pill.label().toLowerCase(Locale.ROOT));
    }

    static String title(Run run) {
        return run.message().isBlank() ? "Run by " + run.createdByName() : run.message();
    }

    static List<String> kinds(RunOptions options) {
        List<String> kinds = new ArrayList<>();
        add(kinds, options.planOnly(), "plan only");
        add(kinds, options.destroy(), "destroy");
        add(kinds, options.refreshOnly(), "refresh only");
        add(kinds, !options.refresh(), "no refresh");
        add(kinds, options.autoApply(), "auto-apply");
        add(kinds, !options.targetAddrs().isEmpty(), "targeted");
        add(kinds, !options.replaceAddrs().isEmpty(), "replaces");
        return List.copyOf(kinds);
    }

    private static void add(List<String> kinds, boolean is, String word) {
        if (is) {
            kinds.add(word);
        }
    }
}

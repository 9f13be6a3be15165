package io.terrafleet.runner.terraform;

import io.terrafleet.contracts.runner.Claim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What follows the name of a terraform command. */
public final class Arguments {
    private static final String JSON = "-json";

    private Arguments() {}

    public static List<String> init() {
        return List.of("-input=false");
    }

    public static List<String> plan(Claim.Options options, boolean variables, Path variableFile, Path plan) {
        List<String> line = new ArrayList<>();
        line.add("-input=false");
        line.add("-out=" + plan);
        if (options.structuredOutput()) {
            line.add(JSON);
        }
        if (options.destroy()) {
            line.add("-destroy");
        }
        if (options.refreshOnly()) {
            line.add("-refresh-only");
        } else if (!options.refresh()) {
            line.add("-refresh=false");
        }
        options.targetAddrs().forEach(address -> line.add("-target=" + address));
        options.replaceAddrs().forEach(address -> line.add("-replace=" + address));
        if (variables) {
            line.add("-var-file=" + variableFile);
        }
        return line;
    }

    public static List<String> show(Path plan) {
        return List.of(JSON, plan.toString());
    }

    /** Of {@code terraform providers}. */
    public static List<String> schemas() {
        return List.of("schema", JSON);
    }

    public static List<String> apply(Claim.Options options, Path plan) {
        return options.structuredOutput()
                ? List.of("-input=false", JSON, plan.toString())
                : List.of("-input=false", plan.toString());
    }
}

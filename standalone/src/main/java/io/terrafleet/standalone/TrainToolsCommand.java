package io.terrafleet.standalone;

import io.terrafleet.standalone.author.PolicyCommand;
import io.terrafleet.standalone.author.RegoCommand;
import io.terrafleet.standalone.author.SamplePlan;
import io.terrafleet.standalone.tool.CostCommand;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes the way of each tool once, so that the JVM can write down what it loaded for the next starts. */
@Command(name = "train", hidden = true, description = "Uses every tool once, unseen; used by the build.")
final class TrainToolsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A directory with a policy and its test.")
    Path directory = Path.of(".");

    @Override
    public Integer call() {
        String place = directory.toString();
        String plan = SamplePlan.write(directory.resolve("plan.json"), 1).toString();
        run(new PolicyCommand(), "eval", "--library", "--input", plan, "--json");
        run(new PolicyCommand(), "eval", "--policies", place, "--library", "--input", plan);
        run(new CostCommand(), "estimate", plan);
        run(new CostCommand(), "estimate", plan, "--format", "json");
        run(new PolicyCommand(), "test", place);
        run(new RegoCommand(), "eval", "-d", place, "-i", plan, "data.sample");
        run(new RegoCommand(), "check", place);
        run(new RegoCommand(), "fmt", place);
        return 0;
    }

    private static void run(Object command, String... arguments) {
        PrintWriter unseen = new PrintWriter(Writer.nullWriter());
        new CommandLine(command).setOut(unseen).setErr(unseen).execute(arguments);
    }
}

package io.terrafleet.standalone;

import io.terrafleet.standalone.demo.Demo;
import io.terrafleet.standalone.demo.Screen;
import io.terrafleet.standalone.platform.Platform;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes the way of an ordinary start once, so that the JVM can write down what it loaded and compiled for the next ones. */
@Command(name = "train", hidden = true, description = "Starts, plays the demo unseen and stops; used by the build.")
final class TrainCommand implements Callable<Integer> {
    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() {
        Screen unseen = new Screen(new PrintWriter(Writer.nullWriter()), false);
        try (TemporaryDirectory data = TemporaryDirectory.make("terrafleet-train-")) {
            return new Platform(options.passing(data.path(), Map.of())).run(platform -> {
                new Demo(unseen, false).play(platform);
                return 0;
            });
        }
    }
}

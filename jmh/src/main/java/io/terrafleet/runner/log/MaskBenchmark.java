package io.terrafleet.runner.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Hiding twenty sensitive values in a piece of a log of 16 KiB that holds one of them in every tenth line. */
@State(Scope.Benchmark)
public class MaskBenchmark {
    private static final int LINES = 330;

    private final List<String> values =
            IntStream.range(0, 20).mapToObj(i -> i + "-secret-value-" + i).toList();
    private final Mask mask = Mask.of(values);
    private final byte[] piece = piece();

    private byte[] piece() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append("aws_instance.web[").append(i).append("]: Still creating... ");
            text.append(i % 10 == 0 ? values.get(i / 10 % values.size()) : "[10s elapsed]")
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public byte[] hide() {
        return mask.pass(piece);
    }
}

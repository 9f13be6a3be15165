package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import io.terrafleet.contracts.event.RunSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a pod asks for and what it may use, in Kubernetes quantities. What no node can have and what terraform cannot live on is refused
 * when the worker starts, not run by run.
 *
 * @param learns whether a pod asks for what the last runs of its workspace needed, instead of {@code memoryRequest}, when that is more
 */
record PodSize(
        String cpuRequest,
        Optional<String> cpuLimit,
        String memoryRequest,
        String memoryLimit,
        String disk,
        boolean learns) {
    private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal STEP = MIB.multiply(BigDecimal.valueOf(16));
    private static final BigDecimal SPARE = new BigDecimal("1.25");
    private static final BigDecimal LEAST_CPU = new BigDecimal("0.01");
    private static final BigDecimal MOST_CPU = BigDecimal.valueOf(256);
    private static final BigDecimal LEAST_MEMORY = MIB.multiply(BigDecimal.valueOf(128));
    private static final BigDecimal MOST_MEMORY = MIB.multiply(BigDecimal.valueOf(4L << 20));
    private static final BigDecimal LEAST_DISK = MIB.multiply(BigDecimal.valueOf(256));

    PodSize {
        BigDecimal cpu = within("cpu-request", cpuRequest, LEAST_CPU, MOST_CPU, "10m and 256");
        cpuLimit.ifPresent(limit -> notLess(
                "cpu-limit", limit, within("cpu-limit", limit, LEAST_CPU, MOST_CPU, "10m and 256"), cpuRequest, cpu));
        BigDecimal most = within("memory-limit", memoryLimit, LEAST_MEMORY, MOST_MEMORY, "128Mi and 4Ti");
        BigDecimal memory = within("memory-request", memoryRequest, LEAST_MEMORY, MOST_MEMORY, "128Mi and 4Ti");
        notLess("memory-limit", memoryLimit, most, memoryRequest, memory);
        within("disk", disk, LEAST_DISK, MOST_MEMORY, "256Mi and 4Ti");
    }

    /**
     * The same with what a workspace or an agent pool says. A request above the limit that is usual here raises the limit, a limit below the usual
     * request lowers the request; memory that somebody has set is not learned any more.
     *
     * @throws IllegalArgumentException when no pod can have it; says why
     */
    PodSize with(RunSize said) {
        String cpu = said.cpuRequest().map(PodSize::cpu).orElse(cpuRequest);
        String memory = said.memoryRequest().map(PodSize::memory).orElse(memoryRequest);
        Optional<String> mostCpu =
                said.cpuLimit().map(PodSize::cpu).or(() -> cpuLimit.map(usual -> larger(usual, cpu)));
        String mostMemory = said.memoryLimit().map(PodSize::memory).orElseGet(() -> larger(memoryLimit, memory));
        return new PodSize(
                said.cpuRequest().isPresent()
                        ? cpu
                        : mostCpu.map(most -> smaller(most, cpu)).orElse(cpu),
                mostCpu,
                said.memoryRequest().isPresent() ? memory : smaller(mostMemory, memory),
                mostMemory,
                said.disk().map(PodSize::memory).orElse(disk),
                learns && said.memoryRequest().isEmpty());
    }

    private static String cpu(long millis) {
        return millis + "m";
    }

    private static String memory(long bytes) {
        long mib = MIB.longValueExact();
        return bytes % mib == 0 ? bytes / mib + "Mi" : String.valueOf(bytes);
    }

    private static String larger(String one, String other) {
        return bytes(one).compareTo(bytes(other)) >= 0 ? one : other;
    }

    private static String smaller(String one, String other) {
        return bytes(one).compareTo(bytes(other)) <= 0 ? one : other;
    }

    /**
     * What a pod asks for: what the last runs needed at most and a quarter of it, in whole steps of 16 MiB, not less than what every pod asks
     * for and not more than what it may use.
     *
     * @param peak bytes, when they are known
     */
    String memoryRequest(Optional<Long> peak) {
        if (!learns || peak.isEmpty()) {
            return memoryRequest;
        }
        BigDecimal steps = BigDecimal.valueOf(peak.get())
                .multiply(SPARE)
                .divide(STEP, 0, RoundingMode.CEILING)
                .multiply(STEP);
        if (steps.compareTo(bytes(memoryRequest)) <= 0) {
            return memoryRequest;
        }
        return steps.compareTo(bytes(memoryLimit)) >= 0
                ? memoryLimit
                : steps.divide(MIB, 0, RoundingMode.CEILING).toPlainString() + "Mi";
    }

    private static BigDecimal bytes(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity));
    }

    private static BigDecimal within(String key, String text, BigDecimal least, BigDecimal most, String range) {
        BigDecimal amount;
        try {
            amount = Quantity.getAmountInBytes(Quantity.parse(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    key + " \"" + text + "\" is not a Kubernetes quantity, as 500m, 2 and 1Gi are", e);
        }
        if (amount.compareTo(least) < 0 || amount.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " " + text + " must be between " + range);
        }
        return amount;
    }

    private static void notLess(String key, String limit, BigDecimal amount, String request, BigDecimal asked) {
        if (amount.compareTo(asked) < 0) {
            throw new IllegalArgumentException(
                    key + " " + limit + " is less than the " + request + " that is asked for");
        }
    }
}

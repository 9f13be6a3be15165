package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Quantity;
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
        BigDecimal memory = within("memory-request", memoryRequest, LEAST_MEMORY, MOST_MEMORY, "128Mi and 4Ti");
        BigDecimal most = within("memory-limit", memoryLimit, LEAST_MEMORY, MOST_MEMORY, "128Mi and 4Ti");
        notLess("memory-limit", memoryLimit, most, memoryRequest, memory);
        within("disk", disk, LEAST_DISK, MOST_MEMORY, "256Mi and 4Ti");
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

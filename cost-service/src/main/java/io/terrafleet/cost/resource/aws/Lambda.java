package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Functions: by requests and by the memory they hold while they run; and concurrency kept ready. */
final class Lambda {
    private static final String SERVICE = "AWSLambda";
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1_024);
    private static final BigDecimal FREE_DISK_MEGABYTES = BigDecimal.valueOf(512);
    private static final BigDecimal HOUR_SECONDS = BigDecimal.valueOf(3_600);

    private Lambda() {}

    static void function(Resource function, Bill bill) {
        Usage usage = function.usage();
        boolean arm = function.texts("architectures").contains("arm64");
        requests(function, bill, usage);
        BigDecimal disk = function.block("ephemeral_storage")
                .map(storage -> storage.number("size", 512))
                .orElse(FREE_DISK_MEGABYTES);
        BigDecimal beyond = disk.subtract(FREE_DISK_MEGABYTES).max(BigDecimal.ZERO);
        bill.used(
                "Ephemeral storage",
                "GB-seconds",
                seconds(usage).map(seconds -> gigabyteSeconds(seconds, beyond)),
                function.rate(SERVICE, "Lambda-Storage-GB-Second over 512MB"));
        BigDecimal memory = function.number("memory_size", 128);
        bill.used(
                "Duration",
                "GB-seconds",
                seconds(usage).map(seconds -> gigabyteSeconds(seconds, memory)),
                function.rate(SERVICE, arm ? "Lambda-GB-Second ARM" : "Lambda-GB-Second x86"));
    }

    private static void requests(Resource owner, Bill bill, Usage usage) {
        bill.used(
                "Requests", "1M requests", usage.number("monthly_requests", 1_000_000), owner.rate(SERVICE, "Request"));
    }

    /** How long all requests of a month take together; a request is billed by the whole millisecond. */
    private static Optional<BigDecimal> seconds(Usage usage) {
        return usage.number("monthly_requests").map(requests -> requests.multiply(
                        usage.number("request_duration_ms", BigDecimal.ONE).setScale(0, RoundingMode.CEILING))
                .movePointLeft(3));
    }

    private static BigDecimal gigabyteSeconds(BigDecimal seconds, BigDecimal megabytes) {
        return seconds.multiply(megabytes).divide(GIGABYTE, 6, RoundingMode.HALF_UP);
    }

    /** Concurrency that is ready all the time that the usage file says. */
    static void provisioned(Resource config, Bill bill) {
        Usage usage = config.usage();
        Optional<Resource> function = config.linked("function_name", "aws_lambda_function");
        boolean arm = usage.text("architecture").filter("arm64"::equals).isPresent()
                || function.filter(found -> found.texts("architectures").contains("arm64"))
                        .isPresent();
        BigDecimal memory = usage.number("memory_mb")
                .or(() -> function.map(found -> found.number("memory_size", 128)))
                .orElse(BigDecimal.valueOf(128));
        BigDecimal ready = config.number("provisioned_concurrent_executions", 1);
        String chip = arm ? "ARM" : "x86";
        requests(config, bill, usage);
        bill.used(
                "Provisioned Concurrency",
                "GB-seconds",
                usage.number("monthly_duration_hrs")
                        .map(hours ->
                                gigabyteSeconds(hours.multiply(HOUR_SECONDS).multiply(ready), memory)),
                config.rate(SERVICE, "Provisioned-Concurrency " + chip));
        bill.used(
                "Duration",
                "GB-seconds",
                seconds(usage).map(seconds -> gigabyteSeconds(seconds, memory)),
                config.rate(SERVICE, "Provisioned-Duration " + chip));
    }
}

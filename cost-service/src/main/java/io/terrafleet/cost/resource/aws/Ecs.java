package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Services on Fargate; on instances of one's own the instances are billed and the service is free. */
final class Ecs {
    private static final BigDecimal UNITS = BigDecimal.valueOf(1024);

    private Ecs() {}

    static void service(Resource service, Bill bill) {
        boolean fargate = service.text("launch_type").filter("FARGATE"::equals).isPresent()
                || provider(service).filter(name -> name.startsWith("FARGATE")).isPresent();
        if (!fargate) {
            return;
        }
        if (provider(service).filter("FARGATE_SPOT"::equals).isPresent()) {
            bill.assume("Fargate Spot is priced like Fargate, so the bill will be lower");
        }
        Resource task = service.linked("task_definition", "aws_ecs_task_definition")
                .orElseThrow(() -> new Unpriceable("its task definition is not part of this plan"));
        BigDecimal count = service.number("desired_count", 1);
        Eks.fargateTasks(service, bill, count, units(task, "cpu"), units(task, "memory"), arm(task));
    }

    private static BigDecimal units(Resource task, String attribute) {
        return task.number(attribute).orElse(BigDecimal.ZERO).divide(UNITS, 6, RoundingMode.HALF_UP);
    }

    private static boolean arm(Resource task) {
        return task.block("runtime_platform")
                .flatMap(platform -> platform.text("cpu_architecture"))
                .filter("ARM64"::equals)
                .isPresent();
    }

    private static Optional<String> provider(Resource service) {
        return service.blocks("capacity_provider_strategy").stream()
                .findFirst()
                .flatMap((Block strategy) -> strategy.text("capacity_provider"));
    }
}

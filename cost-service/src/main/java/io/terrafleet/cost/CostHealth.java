package io.terrafleet.cost;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when there are prices and what was decided gets out. */
@Readiness
@ApplicationScoped
public class CostHealth implements HealthCheck {
    private final PriceBook book;
    private final Messaging messaging;

    CostHealth(@Identifier("cost") PriceBook book, @Identifier("cost") Messaging messaging) {
        this.book = book;
        this.messaging = messaging;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("cost")
                .withData("prices", book.size())
                .status(messaging.relay().isHealthy())
                .build();
    }
}

package io.terrafleet.api.cost;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.terrafleet.api.pricelist.PriceLists;
import io.terrafleet.contracts.event.CostReport;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What the cost-service remembers and knows. */
@ApplicationScoped
class CostReportsListener {
    private final Costs costs;
    private final PriceLists prices;
    private final Messaging messaging;

    CostReportsListener(Costs costs, PriceLists prices, @Identifier("api") Messaging messaging) {
        this.costs = costs;
        this.prices = prices;
        this.messaging = messaging;
    }

    @Incoming("api-cost-reports")
    @Blocking
    public void report(ConsumerRecord<String, byte[]> record) {
        messaging
                .delivery()
                .deliver(
                        record,
                        CostReport.class,
                        envelope -> {
                            switch (envelope.fact()) {
                                case CostReport.CostRecorded recorded -> costs.record(recorded);
                                case CostReport.PriceListProgressed progress -> prices.progressed(progress);
                                case CostReport.PriceListTaken taken -> prices.taken(taken);
                                case CostReport.PriceListRefused refused -> prices.refused(refused);
                            }
                        },
                        envelope -> {});
    }
}

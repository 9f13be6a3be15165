package io.terrafleet.cost.decision;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.event.CostRequest;
import io.terrafleet.cost.history.CostHistory;
import io.terrafleet.cost.pricelist.PriceLists;
import io.terrafleet.messaging.Envelope;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what the api asks for: price lists to take, to use or not; workspaces to forget. */
@ApplicationScoped
public class RequestsListener {
    private final Messaging messaging;
    private final PriceLists lists;
    private final CostHistory history;

    RequestsListener(
            @Identifier("cost") Messaging messaging,
            @Identifier("cost") PriceLists lists,
            @Identifier("cost") CostHistory history) {
        this.messaging = messaging;
        this.lists = lists;
        this.history = history;
    }

    @Incoming("cost-requests")
    @Blocking
    void hear(ConsumerRecord<String, byte[]> record) {
        messaging.delivery().deliver(record, CostRequest.class, this::take, this::giveUp);
    }

    private void take(Envelope<CostRequest> event) {
        switch (event.fact()) {
            case CostRequest.PriceListUploaded uploaded -> lists.take(event.id(), uploaded);
            case CostRequest.PriceListSwitched switched -> lists.change(event.id(), switched);
            case CostRequest.WorkspaceForgotten gone -> history.forget(event.id(), gone);
        }
    }

    private void giveUp(Envelope<CostRequest> event) {
        if (event.fact() instanceof CostRequest.PriceListUploaded uploaded) {
            lists.giveUp(event.id(), uploaded);
        }
    }
}

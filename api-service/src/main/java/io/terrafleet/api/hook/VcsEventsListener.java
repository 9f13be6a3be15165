package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.terrafleet.api.ingress.Arrivals;
import io.terrafleet.contracts.event.VcsEvent;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What git hosts have told us. */
@ApplicationScoped
class VcsEventsListener {
    private final Reading reading;
    private final Arrivals arrivals;
    private final Messaging messaging;

    VcsEventsListener(Reading reading, Arrivals arrivals, @Identifier("api") Messaging messaging) {
        this.reading = reading;
        this.arrivals = arrivals;
        this.messaging = messaging;
    }

    @Incoming("api-vcs-events")
    @Blocking
    public void event(ConsumerRecord<String, byte[]> record) {
        arrivals.awaitLull();
        messaging
                .delivery()
                .deliver(
                        record,
                        VcsEvent.class,
                        envelope -> reading.read(
                                envelope.id(), envelope.fact(), envelope.fact() instanceof VcsEvent.DeliveryReplayed),
                        envelope -> reading.givenUp(envelope.fact().delivery()));
    }
}

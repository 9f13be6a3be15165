package io.terrafleet.api.job;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What workers say of jobs. The facts repeat harmlessly, so no inbox is needed: the lifecycle ignores what is late. */
@ApplicationScoped
class WorkerEventsListener {
    private final JobNews news;
    private final Messaging messaging;

    WorkerEventsListener(JobNews news, @Identifier("api") Messaging messaging) {
        this.news = news;
        this.messaging = messaging;
    }

    @Incoming("api-worker-events")
    @Blocking
    public void event(ConsumerRecord<String, byte[]> record) {
        messaging.delivery().deliver(record, WorkerEvent.class, envelope -> news.take(envelope.fact()), envelope -> {});
    }
}

package io.terrafleet.api.ingress;

import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Work that looks for whatever there is to do: done soon after it was asked for, once for all who ask while it waits its turn. */
public final class Round {
    private static final Logger LOG = Logger.getLogger(Round.class);

    private final String name;
    private final Runnable work;
    private final AtomicInteger asked = new AtomicInteger();

    /** @param name of its thread */
    public Round(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** A round begins after this call, on a thread of its own. */
    public void ask() {
        if (asked.getAndIncrement() == 0) {
            Thread.ofVirtual().name(name).start(this::go);
        }
    }

    private void go() {
        int served;
        do {
            served = asked.get();
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warnf(e, "%s: what is left is looked for again later", name);
            }
        } while (!asked.compareAndSet(served, 0));
    }
}

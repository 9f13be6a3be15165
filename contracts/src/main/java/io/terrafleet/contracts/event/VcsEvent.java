package io.terrafleet.contracts.event;

import java.time.Instant;

/**
 * What git hosts have told us, to be looked at in order. Topic {@code terrafleet.vcs-events}; the key is the connection and the repository. What a
 * host said stays in the api-service's own store: it is large, and not for everybody.
 */
public sealed interface VcsEvent extends Fact {
    /** Its id here. */
    String delivery();

    String connection();

    String repository();

    @Override
    default String key() {
        return connection() + "/" + repository();
    }

    /**
     * A delivery was proven to be its host's, and kept.
     *
     * @param delivery its id here, {@code whd-} and 16 letters or digits
     * @param connection the OAuth client that it came in by
     * @param repository in small letters, as the host names it
     */
    record DeliveryReceived(String delivery, String connection, String repository, Instant at) implements VcsEvent {}

    /**
     * Somebody wants a delivery to count once more.
     *
     * @param delivery its id here, {@code whd-} and 16 letters or digits
     * @param connection the OAuth client that it came in by
     * @param repository in small letters, as the host names it
     * @param by who
     */
    record DeliveryReplayed(String delivery, String connection, String repository, String by, Instant at)
            implements VcsEvent {}
}

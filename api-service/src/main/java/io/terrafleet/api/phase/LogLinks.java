package io.terrafleet.api.phase;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.contracts.InternalKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Links by which a log is read without a token. The capability stands in the path, for clients replace the query; a link is good
 * for a day.
 */
@ApplicationScoped
class LogLinks {
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final String PURPOSE = "log";

    private final InternalKey key;
    private final PublicUrl publicUrl;
    private final InstantSource clock;

    LogLinks(@Identifier("api") InternalKey key, PublicUrl publicUrl, @Identifier("api") InstantSource clock) {
        this.key = key;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    String to(String log) {
        long expires = clock.instant().plus(GOOD_FOR).getEpochSecond();
        return publicUrl.of("/api/log/v1/" + log + "/" + expires + "/" + key.sign(PURPOSE, log + "\n" + expires));
    }

    boolean isGood(String log, long expires, String signature) {
        return Instant.ofEpochSecond(expires).isAfter(clock.instant())
                && key.isSignature(PURPOSE, log + "\n" + expires, signature);
    }
}

package io.terrafleet.runner.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Sends a request until it is answered: the api-service may be restarting. Retried are failed connections and the answers 429 and
 * 5xx; the pauses double.
 *
 * @param total how long one request may take in all, pauses included
 * @param firstPause before the second try
 * @param longestPause the pauses grow up to this
 */
public record Patience(InstantSource clock, Duration total, Duration firstPause, Duration longestPause) {

    public static Patience of(InstantSource clock) {
        return new Patience(clock, Duration.ofMinutes(10), Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    <T> HttpResponse<T> send(HttpClient http, HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        Instant end = clock.instant().plus(total);
        Duration pause = firstPause;
        while (true) {
            String trouble;
            try {
                HttpResponse<T> response = http.send(request, handler);
                if (response.statusCode() < 500 && response.statusCode() != 429) {
                    return response;
                }
                if (response.body() instanceof AutoCloseable body) {
                    close(body);
                }
                trouble = "it answered " + response.statusCode();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while asking the platform");
            } catch (InterruptedIOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                trouble = "no answer in time";
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
            if (clock.instant().plus(pause).isAfter(end)) {
                throw new IOException("the platform at " + request.uri().getAuthority() + " could not be reached for "
                        + total.toSeconds() + " s: " + trouble);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
        }
    }

    private static void close(AutoCloseable body) throws IOException {
        try {
            body.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the platform");
        }
    }
}

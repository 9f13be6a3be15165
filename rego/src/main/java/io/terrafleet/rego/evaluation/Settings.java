package io.terrafleet.rego.evaluation;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How an evaluation behaves besides its documents.
 *
 * @param strictBuiltinErrors a failing built-in function fails the evaluation instead of being undefined
 * @param now what {@code time.now_ns} answers
 * @param printed receives each line of {@code print}
 * @param allowed which of the functions that reach outside may be called, by name: {@code http.send}, {@code
 *     net.lookup_ip_addr}
 * @param reachable which addresses {@code http.send} may lead to
 * @param observer sees where evaluation comes, when the policies were compiled to be watched
 */
public record Settings(
        Limits limits,
        boolean strictBuiltinErrors,
        Instant now,
        Consumer<String> printed,
        Set<String> allowed,
        Predicate<InetAddress> reachable,
        Observer observer) {
    /** Not strict, prints nowhere, reaches nothing; time stands at the epoch, so that policies are reproducible unless told otherwise. */
    public static final Settings DEFAULT = new Settings(
            Limits.DEFAULT, false, Instant.EPOCH, line -> {}, Set.of(), address -> true, (event, rule, at) -> {});

    public Settings {
        allowed = Set.copyOf(allowed);
    }

    public Settings withLimits(Limits other) {
        return new Settings(other, strictBuiltinErrors, now, printed, allowed, reachable, observer);
    }

    public Settings withStrictBuiltinErrors(boolean strict) {
        return new Settings(limits, strict, now, printed, allowed, reachable, observer);
    }

    public Settings withNow(Instant instant) {
        return new Settings(limits, strictBuiltinErrors, instant, printed, allowed, reachable, observer);
    }

    public Settings withPrinted(Consumer<String> sink) {
        return new Settings(limits, strictBuiltinErrors, now, sink, allowed, reachable, observer);
    }

    public Settings withAllowed(Set<String> functions) {
        return new Settings(limits, strictBuiltinErrors, now, printed, functions, reachable, observer);
    }

    public Settings withReachable(Predicate<InetAddress> addresses) {
        return new Settings(limits, strictBuiltinErrors, now, printed, allowed, addresses, observer);
    }

    public Settings withObserver(Observer watching) {
        return new Settings(limits, strictBuiltinErrors, now, printed, allowed, reachable, watching);
    }
}

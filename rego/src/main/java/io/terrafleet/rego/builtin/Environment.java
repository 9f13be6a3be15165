package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a built-in function may know of the evaluation it runs in: its time, its budget and its caches. */
public final class Environment {
    private final Instant now;
    private final LongConsumer budget;
    private final Outward outward;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private final Map<Value, Value> remembered = new HashMap<>();

    /** @param budget told how much work is about to be done, in steps; throws when that is too much */
    public Environment(Instant now, LongConsumer budget, Outward outward) {
        this.now = now;
        this.budget = budget;
        this.outward = outward;
    }

    /**
     * What may be asked of the world outside.
     *
     * @param allowed names of the functions that may reach it
     * @param reachable which addresses a request may lead to
     * @param left how much time the evaluation has left
     */
    public record Outward(Set<String> allowed, Predicate<InetAddress> reachable, Supplier<Duration> left) {}

    /** One moment for the whole evaluation. */
    public Instant now() {
        return now;
    }

    /** Charges work that is not constant. */
    public void spend(long steps) {
        budget.accept(steps);
    }

    boolean allows(String function) {
        return outward.allowed().contains(function);
    }

    boolean reaches(InetAddress address) {
        return outward.reachable().test(address);
    }

    Duration left() {
        return outward.left().get();
    }

    Pattern pattern(String expression, Supplier<Pattern> compile) {
        return patterns.computeIfAbsent(expression, e -> compile.get());
    }

    /** The same key gives the same value during one evaluation: random numbers and ids. */
    Value remember(Value key, Supplier<Value> make) {
        return remembered.computeIfAbsent(key, k -> make.get());
    }
}

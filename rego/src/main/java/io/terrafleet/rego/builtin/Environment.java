package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a built-in function may know of the evaluation it runs in: its time, its budget and its caches. */
public final class Environment {
    private final Instant now;
    private final LongConsumer budget;
    private final Set<String> allowed;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private final Map<Value, Value> remembered = new HashMap<>();

    /**
     * @param budget told how much work is about to be done, in steps; throws when that is too much
     * @param allowed names of the functions that may reach outside
     */
    public Environment(Instant now, LongConsumer budget, Set<String> allowed) {
        this.now = now;
        this.budget = budget;
        this.allowed = allowed;
    }

    /** One moment for the whole evaluation. */
    public Instant now() {
        return now;
    }

    /** Charges work that is not constant. */
    public void spend(long steps) {
        budget.accept(steps);
    }

    boolean allows(String function) {
        return allowed.contains(function);
    }

    Pattern pattern(String expression, Supplier<Pattern> compile) {
        return patterns.computeIfAbsent(expression, e -> compile.get());
    }

    /** The same key gives the same value during one evaluation: random numbers and ids. */
    Value remember(Value key, Supplier<Value> make) {
        return remembered.computeIfAbsent(key, k -> make.get());
    }
}

package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.builtin.BuiltinException;
import io.terrafleet.rego.builtin.BuiltinFunction;
import io.terrafleet.rego.builtin.Environment;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One evaluation: its documents, its budget, and what it has worked out. Used by one thread. */
public final class Machine {
    /** Stands for "worked out, and undefined" in memos; told apart by identity. */
    private static final Value UNDEFINED = new StringValue("undefined");

    private static final long CALL_BYTES = 120;

    private final Settings settings;
    private final Environment environment;
    private final long deadline;
    private Scope scope;
    private long steps;
    private long built;
    private int depth;

    /** @param groups how many rule groups there are; their ids are below this */
    public Machine(@Nullable Value input, Value data, int groups, Settings settings) {
        this.settings = settings;
        this.environment = new Environment(
                settings.now(),
                this::spend,
                new Environment.Outward(settings.allowed(), settings.reachable(), this::left));
        this.scope = new Scope(input, data, Shadow.NONE, Map.of(), groups);
        this.deadline = System.nanoTime() + settings.limits().time().toNanos();
    }

    /** Finds the solutions of a planned body. */
    public void run(Sequence body, int slots, Sink sink) {
        try {
            body.run(this, new Value[slots], sink);
        } catch (StackOverflowError e) {
            RegoException deep = new RegoException(
                    "eval_limit_error", "policies call each other too deep for this thread's stack", Position.NOWHERE);
            deep.initCause(e);
            throw deep;
        }
    }

    Scope scope() {
        return scope;
    }

    void enter(Scope other) {
        this.scope = other;
    }

    void print(String line) {
        settings.printed().accept(line);
    }

    void observe(Probe probe) {
        settings.observer().see(probe.event(), probe.rule(), probe.at());
    }

    void step() {
        if ((++steps & 0xFFF) == 0) {
            checkBudget();
        }
    }

    /** Accounts for what is being built. */
    void build(long bytes) {
        built += bytes;
        if (built > settings.limits().memory()) {
            throw limit("more than " + settings.limits().memory() + " bytes of memory");
        }
    }

    private void spend(long more) {
        steps += more;
        checkBudget();
    }

    private void checkBudget() {
        if (steps > settings.limits().steps()) {
            throw limit("more than " + settings.limits().steps() + " steps");
        }
        if (System.nanoTime() - deadline > 0) {
            throw limit("longer than " + settings.limits().time());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new RegoException("eval_cancel_error", "evaluation was interrupted", Position.NOWHERE);
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static RegoException limit(String what) {
        return new RegoException("eval_limit_error", "evaluation took " + what, Position.NOWHERE);
    }

    @SuppressWarnings("ReferenceEquality") // the marker is not a value of the language
    private static @Nullable Value unlessUndefined(Value known) {
        return known == UNDEFINED ? null : known;
    }

    private void down() {
        if (++depth > settings.limits().depth()) {
            throw limit("more than " + settings.limits().depth() + " nested rules");
        }
    }

    @Nullable
    Value rule(RuleGroup group) {
        if (scope.shadows(group.path())) {
            return scope.base(group.path());
        }
        Value[] memo = scope.rules();
        Value known = memo[group.id()];
        if (known == null) {
            down();
            Value value = group.evaluate(this);
            depth--;
            known = value == null ? UNDEFINED : value;
            memo[group.id()] = known;
        }
        return unlessUndefined(known);
    }

    @Nullable
    Value call(Callable callable, Value[] arguments, Position at) {
        Replacement replacement = scope.replacement(callable.name());
        return switch (replacement) {
            case null -> original(callable, arguments, at);
            case Replacement.Constant(Value value) -> value;
            case Replacement.Function(Callable other) -> {
                Scope outer = scope;
                scope = outer.unmocked();
                try {
                    yield original(other, arguments, at);
                } finally {
                    scope = outer;
                }
            }
        };
    }

    private @Nullable Value original(Callable callable, Value[] arguments, Position at) {
        return switch (callable) {
            case Callable.Builtin(BuiltinFunction function) -> builtin(function, arguments, at);
            case Callable.Rules(RuleGroup group, String name) -> function(group, arguments);
        };
    }

    private @Nullable Value function(RuleGroup group, Value[] arguments) {
        if (!group.isFunction()) {
            return rule(group);
        }
        Scope.CallKey key = new Scope.CallKey(group, Arrays.asList(arguments));
        Map<Scope.CallKey, Value> calls = scope.calls();
        Value known = calls.get(key);
        if (known == null) {
            down();
            Value value = group.single(this, arguments);
            depth--;
            known = value == null ? UNDEFINED : value;
            build(CALL_BYTES);
            calls.put(key, known);
        }
        return unlessUndefined(known);
    }

    private @Nullable Value builtin(BuiltinFunction function, Value[] arguments, Position at) {
        try {
            Value result = function.call(arguments, environment);
            build(Sizes.shallow(result));
            return result;
        } catch (BuiltinException | ArithmeticException e) {
            boolean halts = e instanceof BuiltinException b && b.halts();
            if (!settings.strictBuiltinErrors() && !halts) {
                return null;
            }
            String code = e instanceof BuiltinException b ? b.code() : "eval_builtin_error";
            RegoException failed = new RegoException(code, String.valueOf(e.getMessage()), at);
            failed.initCause(e);
            throw failed;
        }
    }
}

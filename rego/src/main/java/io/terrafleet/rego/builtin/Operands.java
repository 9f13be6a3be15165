package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The operands of one call, with typed access that fails in the language's own words. Counted from 0 here. */
public final class Operands {
    private final String function;
    private final Value[] values;
    private final Environment environment;

    Operands(String function, Value[] values, Environment environment) {
        this.function = function;
        this.values = values;
        this.environment = environment;
    }

    String function() {
        return function;
    }

    Environment environment() {
        return environment;
    }

    Value at(int index) {
        return values[index];
    }

    String string(int index) {
        if (values[index] instanceof StringValue s) {
            return s.value();
        }
        throw wrong(index, "string");
    }

    NumberValue number(int index) {
        if (values[index] instanceof NumberValue n) {
            return n;
        }
        throw wrong(index, "number");
    }

    boolean bool(int index) {
        if (values[index] instanceof BoolValue b) {
            return b.value();
        }
        throw wrong(index, "boolean");
    }

    ArrayValue array(int index) {
        if (values[index] instanceof ArrayValue a) {
            return a;
        }
        throw wrong(index, "array");
    }

    SetValue set(int index) {
        if (values[index] instanceof SetValue s) {
            return s;
        }
        throw wrong(index, "set");
    }

    ObjectValue object(int index) {
        if (values[index] instanceof ObjectValue o) {
            return o;
        }
        throw wrong(index, "object");
    }

    /** A whole number that fits an int. */
    int integer(int index) {
        NumberValue number = number(index);
        if (!number.isInteger()) {
            throw type(index, "must be integer number but got floating-point number");
        }
        if (!number.isLong() || number.longValue() != (int) number.longValue()) {
            throw failed("operand " + (index + 1) + " is out of range");
        }
        return (int) number.longValue();
    }

    /** An array's or a set's members. */
    List<Value> collection(int index) {
        return switch (values[index]) {
            case ArrayValue a -> a.list();
            case SetValue s -> s.list();
            default -> throw wrong(index, "one of {array, set}");
        };
    }

    /** A collection of strings. */
    List<String> strings(int index) {
        List<String> strings = new ArrayList<>();
        for (Value member : collection(index)) {
            if (!(member instanceof StringValue s)) {
                throw type(
                        index,
                        "must be " + values[index].typeName() + " of strings but got " + values[index].typeName()
                                + " containing " + member.typeName());
            }
            strings.add(s.value());
        }
        return strings;
    }

    BuiltinException wrong(int index, String expected) {
        return type(index, "must be " + expected + " but got " + values[index].typeName());
    }

    BuiltinException type(int index, String problem) {
        return BuiltinException.type(function + ": operand " + (index + 1) + " " + problem);
    }

    BuiltinException failed(String problem) {
        return BuiltinException.failed(function + ": " + problem);
    }

    /** See {@link BuiltinException#halts}. */
    BuiltinException halted(String problem) {
        return BuiltinException.halted(function + ": " + problem);
    }

    void spend(long steps) {
        environment.spend(steps);
    }
}

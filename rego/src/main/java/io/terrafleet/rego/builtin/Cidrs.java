package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions on networks. */
final class Cidrs {
    private static final int MAX_EXPANDED_BITS = 20;

    private Cidrs() {}

    static void register(Builtins.Registry registry) {
        registry.add("net.cidr_contains", 2, o -> Value.of(block(o, o.string(0)).contains(either(o, o.string(1)))));
        registry.add("net.cidr_overlap", 2, o -> Value.of(block(o, o.string(0)).contains(either(o, o.string(1)))));
        registry.add(
                "net.cidr_intersects", 2, o -> Value.of(block(o, o.string(0)).intersects(block(o, o.string(1)))));
        registry.add("net.cidr_contains_matches", 2, Cidrs::matches);
        registry.add("net.cidr_expand", 1, Cidrs::expand);
        registry.add(
                "net.cidr_is_valid",
                1,
                o -> Value.of(o.at(0) instanceof StringValue s && Cidr.parse(s.value()) != null));
        registry.add("net.cidr_merge", 1, Cidrs::merge);
    }

    private static Cidr block(Operands o, String text) {
        Cidr block = Cidr.parse(text);
        if (block == null) {
            throw o.failed("invalid CIDR address: " + text);
        }
        return block;
    }

    private static Cidr either(Operands o, String text) {
        Cidr address = Cidr.address(text);
        return address == null ? block(o, text) : address;
    }

    /** Blocks by the key under which a match reports them. */
    private static Map<Value, Cidr> keyed(Operands o, int index) {
        Map<Value, Cidr> blocks = new LinkedHashMap<>();
        switch (o.at(index)) {
            case StringValue s -> blocks.put(s, either(o, s.value()));
            case ArrayValue a -> {
                for (int i = 0; i < a.size(); i++) {
                    blocks.put(NumberValue.of(i), element(o, index, a.at(i)));
                }
            }
            case SetValue s -> s.list().forEach(member -> blocks.put(member, element(o, index, member)));
            case ObjectValue object -> {
                for (int i = 0; i < object.size(); i++) {
                    blocks.put(object.keyAt(i), element(o, index, object.valueAt(i)));
                }
            }
            default -> throw o.wrong(index, "one of {string, array, set, object}");
        }
        return blocks;
    }

    private static Cidr element(Operands o, int index, Value element) {
        Value text = element instanceof ArrayValue a && a.size() > 0 ? a.at(0) : element;
        if (!(text instanceof StringValue s)) {
            throw o.failed("operand " + (index + 1) + ": element must be string or non-empty array");
        }
        return either(o, s.value());
    }

    private static Value matches(Operands o) {
        List<Value> pairs = new ArrayList<>();
        Map<Value, Cidr> right = keyed(o, 1);
        keyed(o, 0).forEach((key, block) -> {
            o.spend(right.size());
            right.forEach((otherKey, other) -> {
                if (block.contains(other)) {
                    pairs.add(ArrayValue.of(key, otherKey));
                }
            });
        });
        return SetValue.of(pairs);
    }

    private static Value expand(Operands o) {
        Cidr block = block(o, o.string(0));
        if (block.bits() - block.prefix() > MAX_EXPANDED_BITS) {
            throw o.failed("block has more than 2^" + MAX_EXPANDED_BITS + " addresses");
        }
        long size = block.size().longValue();
        o.spend(size);
        List<Value> addresses = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            addresses.add(Value.of(Cidr.text(block.bits(), block.first().add(BigInteger.valueOf(i)))));
        }
        return SetValue.of(addresses);
    }

    private static Value merge(Operands o) {
        List<Cidr> blocks = new ArrayList<>();
        for (String text : o.strings(0)) {
            if (text.indexOf('/') < 0 && text.indexOf(':') >= 0) {
                throw o.failed("IPv6 invalid: needs prefix length");
            }
            Cidr address = Cidr.address(text);
            blocks.add(address == null ? block(o, text) : classful(address));
        }
        blocks.sort(
                Comparator.comparingInt(Cidr::bits).thenComparing(Cidr::first).thenComparingInt(Cidr::prefix));
        List<Value> merged = new ArrayList<>();
        int i = 0;
        while (i < blocks.size()) {
            Cidr start = blocks.get(i++);
            BigInteger last = start.last();
            while (i < blocks.size()
                    && blocks.get(i).bits() == start.bits()
                    && blocks.get(i).first().compareTo(last.add(BigInteger.ONE)) <= 0) {
                last = last.max(blocks.get(i++).last());
            }
            cover(start.bits(), start.first(), last, merged);
        }
        return SetValue.of(merged);
    }

    /** A bare IPv4 address means the network of its class, as Go's default mask has it. */
    private static Cidr classful(Cidr address) {
        int high = address.first().shiftRight(24).intValue();
        int prefix = high < 128 ? 8 : high < 192 ? 16 : high < 224 ? 24 : 32;
        Cidr block = Cidr.parse(Cidr.text(32, address.first()) + "/" + prefix);
        return block == null ? address : block;
    }

    /** The fewest blocks that together are exactly a range. */
    private static void cover(int bits, BigInteger first, BigInteger last, List<Value> into) {
        BigInteger at = first;
        while (at.compareTo(last) <= 0) {
            BigInteger left = last.subtract(at).add(BigInteger.ONE);
            int aligned = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
            int host = Math.min(aligned, left.bitLength() - 1);
            into.add(Value.of(new Cidr(bits, at, bits - host).toString()));
            at = at.add(BigInteger.ONE.shiftLeft(host));
        }
    }
}

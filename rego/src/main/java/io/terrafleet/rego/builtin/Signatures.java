package io.terrafleet.rego.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of built-in functions' operands and results, as far as they can be told before anything runs. A set of types is a text of
 * letters: n number, s string, b boolean, a array, o object, e set, z null; * is any of them.
 */
public final class Signatures {
    private static final String ANY = "nsbaoez";
    private static final Map<String, Signature> BY_NAME = new HashMap<>();

    static {
        """
        plus n n : n
        minus ne ne : ne
        mul n n : n
        div n n : n
        rem n n : n
        and e e : e
        or e e : e
        equal * * : b
        neq * * : b
        lt * * : b
        lte * * : b
        gt * * : b
        gte * * : b
        internal.member_2 * * : b
        internal.member_3 * * * : b
        abs n : n
        ceil n : n
        floor n : n
        round n : n
        numbers.range n n : a
        numbers.range_step n n n : a
        rand.intn s n : n
        bits.and n n : n
        bits.or n n : n
        bits.xor n n : n
        bits.negate n : n
        bits.lsh n n : n
        bits.rsh n n : n
        count aoes : n
        sum ae : n
        product ae : n
        max ae : *
        min ae : *
        sort ae : a
        array.concat a a : a
        array.slice a n n : a
        array.reverse a : a
        union e : e
        intersection e : e
        concat s ae : s
        contains s s : b
        startswith s s : b
        endswith s s : b
        indexof s s : n
        indexof_n s s : a
        lower s : s
        upper s : s
        replace s s s : s
        split s s : a
        sprintf s a : s
        substring s n n : s
        trim s s : s
        trim_left s s : s
        trim_right s s : s
        trim_prefix s s : s
        trim_suffix s s : s
        trim_space s : s
        strings.reverse s : s
        strings.replace_n o s : s
        strings.count s s : n
        format_int n n : s
        regex.match s s : b
        regex.split s s : a
        regex.replace s s s : s
        regex.find_n s s n : a
        regex.find_all_string_submatch_n s s n : a
        regex.is_valid * : b
        glob.match s az s : b
        glob.quote_meta s : s
        to_number nsbz : n
        json.marshal * : s
        json.unmarshal s : *
        json.is_valid * : b
        yaml.marshal * : s
        yaml.unmarshal s : *
        base64.encode s : s
        base64.decode s : s
        base64url.encode s : s
        base64url.decode s : s
        hex.encode s : s
        hex.decode s : s
        urlquery.encode s : s
        urlquery.decode s : s
        object.get o * * : *
        object.keys o : e
        object.remove o aoe : o
        object.filter o aoe : o
        object.union o o : o
        object.union_n a : o
        json.filter o ae : *
        json.remove o ae : *
        type_name * : s
        is_number * : b
        is_string * : b
        is_boolean * : b
        is_array * : b
        is_object * : b
        is_set * : b
        is_null * : b
        net.cidr_contains s s : b
        net.cidr_intersects s s : b
        net.cidr_is_valid * : b
        net.cidr_expand s : e
        net.cidr_merge ae : e
        time.now_ns : n
        time.parse_ns s s : n
        time.parse_rfc3339_ns s : n
        time.parse_duration_ns s : n
        time.date na : a
        time.clock na : a
        time.weekday na : s
        time.add_date na n n n : n
        time.diff na na : a
        semver.is_valid * : b
        semver.compare s s : n
        units.parse s : n
        units.parse_bytes s : n
        crypto.md5 s : s
        crypto.sha1 s : s
        crypto.sha256 s : s
        uuid.rfc4122 s : s
        graph.reachable o ae : e
        """
                .lines()
                .forEach(Signatures::add);
    }

    private Signatures() {}

    /**
     * One function.
     *
     * @param operands letters of the types that each may have
     * @param result letters of the types that the result may have
     */
    public record Signature(List<String> operands, String result) {
        public Signature {
            operands = List.copyOf(operands);
        }
    }

    private static void add(String line) {
        List<String> words = new ArrayList<>(List.of(line.strip().split(" ")));
        String name = words.removeFirst();
        String result = words.removeLast();
        words.removeLast();
        List<String> operands =
                words.stream().map(types -> types.replace("*", ANY)).toList();
        BY_NAME.put(name, new Signature(operands, result.replace("*", ANY)));
    }

    /** Null when nothing is known. */
    public static @Nullable Signature of(String function) {
        return BY_NAME.get(function);
    }

    /** The letters of every type. */
    public static String any() {
        return ANY;
    }

    /** The letter of a type's name. */
    public static String letter(String typeName) {
        return switch (typeName) {
            case "set" -> "e";
            case "null" -> "z";
            default -> typeName.substring(0, 1);
        };
    }
}

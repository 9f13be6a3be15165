package io.terrafleet.rego.builtin;

import io.terrafleet.rego.type.Type;
import io.terrafleet.rego.type.TypeReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of built-in functions' operands and results, as far as they can be told before anything runs, in the notation of
 * {@link TypeReader}.
 */
public final class Signatures {
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
        numbers.range n n : [n]
        numbers.range_step n n n : [n]
        rand.intn s n : n
        bits.and n n : n
        bits.or n n : n
        bits.xor n n : n
        bits.negate n : n
        bits.lsh n n : n
        bits.rsh n n : n
        count aoes : n
        sum [n]<n> : n
        product [n]<n> : n
        max ae : *
        min ae : *
        sort ae : a
        array.concat a a : a
        array.slice a n n : a
        array.reverse a : a
        array.flatten a : a
        union <e> : e
        intersection <e> : e
        concat s [s]<s> : s
        contains s s : b
        startswith s s : b
        endswith s s : b
        indexof s s : n
        indexof_n s s : [n]
        lower s : s
        upper s : s
        replace s s s : s
        split s s : [s]
        sprintf s a : s
        substring s n n : s
        trim s s : s
        trim_left s s : s
        trim_right s s : s
        trim_prefix s s : s
        trim_suffix s s : s
        trim_space s : s
        strings.reverse s : s
        strings.replace_n {s:s} s : s
        strings.count s s : n
        strings.any_prefix_match s[s]<s> s[s]<s> : b
        strings.any_suffix_match s[s]<s> s[s]<s> : b
        strings.render_template s {s:*} : s
        format_int n n : s
        regex.match s s : b
        regex.split s s : [s]
        regex.replace s s s : s
        regex.find_n s s n : [s]
        regex.find_all_string_submatch_n s s n : [[s]]
        regex.globs_match s s : b
        regex.template_match s s s s : b
        regex.is_valid * : b
        glob.match s [s]z s : b
        glob.quote_meta s : s
        to_number nsbz : n
        json.marshal * : s
        json.unmarshal s : *
        json.is_valid * : b
        yaml.marshal * : s
        yaml.unmarshal s : *
        yaml.is_valid * : b
        base64.encode s : s
        base64.decode s : s
        base64.is_valid * : b
        base64url.encode s : s
        base64url.encode_no_pad s : s
        base64url.decode s : s
        hex.encode s : s
        hex.decode s : s
        urlquery.encode s : s
        urlquery.decode s : s
        urlquery.encode_object {s:s[s]<s>} : s
        urlquery.decode_object s : {s:[s]}
        object.get o * * : *
        object.keys o : e
        object.remove o aoe : o
        object.filter o aoe : o
        object.subset aoe aoe : *
        object.union o o : o
        object.union_n [o] : o
        json.filter o [sa]<sa> : *
        json.remove o [sa]<sa> : *
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
        net.cidr_expand s : <s>
        net.cidr_merge [s]<s> : <s>
        net.cidr_contains_matches s[sa]<sa>{s:sa} s[sa]<sa>{s:sa} : e
        time.now_ns : n
        time.parse_ns s s : n
        time.parse_rfc3339_ns s : n
        time.parse_duration_ns s : n
        time.date n[n,s,] : [n,n,n,]
        time.clock n[n,s,] : [n,n,n,]
        time.weekday n[n,s,] : s
        time.format n[n,s,][n,s,s,] : s
        time.add_date na n n n : n
        time.diff n[n,s,] n[n,s,] : [n,n,n,n,n,n,]
        semver.is_valid * : b
        semver.compare s s : n
        units.parse s : n
        units.parse_bytes s : n
        crypto.md5 s : s
        crypto.sha1 s : s
        crypto.sha256 s : s
        crypto.hmac.md5 s s : s
        crypto.hmac.sha1 s s : s
        crypto.hmac.sha256 s s : s
        crypto.hmac.sha512 s s : s
        crypto.hmac.equal s s : b
        io.jwt.decode s : [o,o,s,]
        io.jwt.decode_verify s {s:*} : [b,o,o,]
        io.jwt.encode_sign_raw s s s : s
        io.jwt.encode_sign {s:*} {s:*} {s:*} : s
        uuid.rfc4122 s : s
        uuid.parse s : o
        graph.reachable {*:ae} ae : e
        graph.reachable_paths {*:ae} ae : e
        """
                .lines()
                .forEach(Signatures::add);
    }

    private Signatures() {}

    /**
     * One function.
     *
     * @param operands what each may be
     * @param result what may come out
     */
    public record Signature(List<Type> operands, Type result) {
        public Signature {
            operands = List.copyOf(operands);
        }
    }

    private static void add(String line) {
        List<String> words = new ArrayList<>(List.of(line.strip().split(" ")));
        String name = words.removeFirst();
        String result = words.removeLast();
        words.removeLast();
        BY_NAME.put(name, new Signature(words.stream().map(TypeReader::read).toList(), TypeReader.read(result)));
    }

    /** Null when nothing is known. */
    public static @Nullable Signature of(String function) {
        return BY_NAME.get(function);
    }
}

package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "net.cidr_contains(\"10.0.0.0/8\", \"10.1.2.3/16\")         => true",
                "net.cidr_contains(\"10.0.0.0/8\", \"10.0.0.0/7\")          => false",
                "net.cidr_contains(\"10.0.0.0/8\", \"11.0.0.1\")            => false",
                "net.cidr_contains(\"fd00::/8\", \"fd12:3456::1\")          => true",
                "net.cidr_contains(\"10.0.0.0/8\", \"::/0\")                => false",
                "net.cidr_contains(\"10.0.0.0/8\", \"nonsense\")            => undefined",
                "net.cidr_intersects(\"10.0.0.0/7\", \"10.0.0.0/8\")        => true",
                "net.cidr_is_valid(\"10.0.0.0/33\")                         => false",
                "net.cidr_is_valid(\"2001:db8::/32\")                       => true",
                "net.cidr_merge([\"10.0.0.0/9\", \"10.128.0.0/9\"])         => {\"10.0.0.0/8\"}",
                "count(net.cidr_expand(\"10.0.0.0/30\"))                    => 4",
                "net.cidr_contains_matches([\"10.0.0.0/8\"], {\"a\": \"10.1.0.0/16\", \"b\": \"11.0.0.0/8\"}) => {[0, \"a\"]}",
                "sprintf(\"%s %d %v %05.1f %q %%\", [\"a\", 3, [1], 2.25, \"x\"]) => \"a 3 [1] 002.2 \\\"x\\\" %\"",
                "sprintf(\"%d\", [\"a\"])                                   => \"%!d(string=a)\"",
                "time.parse_ns(\"RFC1123\", \"Mon, 02 Jan 2006 15:04:05 MST\") => 1136214245000000000",
                "time.parse_ns(\"3:04PM 2.1.2006\", \"7:30PM 1.2.2024\")    => 1706815800000000000",
                "time.parse_ns(\"2006-01-02T15:04:05Z07:00\", \"2024-01-01T00:00:00.25-00:00\") => 1704067200250000000",
                "uuid.parse(\"f47ac10b-58cc-11ec-8d3d-0242ac130003\").version => 1",
                "uuid.parse(\"nonsense\")                                  => undefined",
                "split(\"a.b.c\", \".\")                                    => [\"a\", \"b\", \"c\"]",
                "substring(\"häuser\", 1, 2)                                => \"äu\"",
                "trim_space(\"  x \")                                       => \"x\"",
                "indexof(\"abc\", \"c\")                                    => 2",
                "regex.match(`^arn:aws:s3:::[a-z-]+$`, \"arn:aws:s3:::my-bucket\") => true",
                "regex.match(`(?=x)x`, \"x\")                               => undefined",
                "regex.replace(\"foo\", \"(f)\", \"${1}1\")                 => \"f1oo\"",
                "glob.match(\"*.example.com\", [\".\"], \"a.example.com\")  => true",
                "glob.match(\"*.example.com\", [\".\"], \"a.b.example.com\") => false",
                "glob.match(\"arn:**\", [], \"arn:a.b\")                    => true",
                "object.get({\"a\": {\"b\": 1}}, [\"a\", \"b\"], 0)         => 1",
                "object.get({\"a\": 1}, \"z\", 0)                           => 0",
                "object.union({\"a\": {\"b\": 1}}, {\"a\": {\"c\": 2}})     => {\"a\": {\"b\": 1, \"c\": 2}}",
                "json.unmarshal(\"{\\\"a\\\": 1.0}\")                       => {\"a\": 1}",
                "json.patch({\"a\": 1}, [{\"op\": \"add\", \"path\": \"b\", \"value\": 2}]) => {\"a\": 1, \"b\": 2}",
                "9007199254740993 + 0                                       => 9007199254740993",
                "9223372036854775807 + 1                                    => 9223372036854775808",
                "0.1 + 0.2                                                  => 0.3",
                "1 == 1.0                                                   => true",
                "to_number(\"1e3\")                                         => 1000",
                "units.parse_bytes(\"10KiB\")                               => 10240",
                "time.parse_rfc3339_ns(\"1970-01-01T00:00:01Z\")            => 1000000000",
                "semver.compare(\"1.2.3-rc1\", \"1.2.3\")                   => -1",
                "graph.reachable({\"a\": [\"b\"], \"b\": []}, {\"a\"})      => {\"a\", \"b\"}",
                "base64.decode(base64.encode(\"é\"))                        => \"é\"",
                "crypto.sha256(\"\")                                        => \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
                "sort({3, 1, \"a\", null})                                  => [null, 1, 3, \"a\"]",
                "max([])                                                    => undefined",
                "type_name(set())                                           => \"set\"",
                "count({p | walk({\"a\": [1, {}]}, [p, _])})                => 4",
            })
    void answers(String expression, String expected) {
        assertThat(Policy.expression(expression)).isEqualTo(expected);
    }
}

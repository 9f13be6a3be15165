package io.terrafleet.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageDocumentTest {
    @Test
    void bothSectionsAreRead() throws UsageUnreadable {
        UsageDocument usage = UsageDocument.parse(
                """
                version: 0.1
                resource_usage:
                  aws_lambda_function.hello:
                    monthly_requests: 100000
                    operating_system: linux
                  aws_s3_bucket.all[*]:
                    standard: { storage_gb: 1.5 }
                resource_type_default_usage:
                  aws_lambda_function:
                    monthly_requests: 5
                """);
        assertThat(usage.byAddress()
                        .at("/aws_lambda_function.hello/monthly_requests")
                        .asInt())
                .isEqualTo(100_000);
        assertThat(usage.byType().at("/aws_lambda_function/monthly_requests").asInt())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "version: 0.1", "resource_usage:\n"})
    void anEmptyFileSaysNothing(String yaml) throws UsageUnreadable {
        assertThat(UsageDocument.parse(yaml).byAddress().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resource_usage:~  a.b:~    x: -1                     | line 3 | a.b.x must be a number from 0",
                "resource_usage:~  a.b:~    x: .inf                   | line 3 | a.b.x must be a number from 0",
                "resource_usage:~  a.b:~    x: 1000000000000000000000 | line 3 | 10^18",
                "resource_usage:~  a.b:~    x: [1, 2]                 | line 3 | not a list",
                "resource_usage:~  a.b: 7                             | line 2 | a.b must be a mapping",
                "resource_usage: 7                                    | line 1 | mapping from addresses",
                "resource_usage:~  a.b:~    x: 1~    x: 2             | line   | duplicate",
                "resource_usage:~  a.b:~   x: 1~  y                   | line   | not YAML",
                "- 1                                                  | usage  | must be a mapping"
            })
    void whatIsWrongIsSaidWithItsLine(String yaml, String where, String what) {
        assertThatThrownBy(() -> UsageDocument.parse(yaml.replace('~', '\n')))
                .isInstanceOf(UsageUnreadable.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @Test
    void hugeAndTrickyFilesAreRefused() {
        String bomb =
                """
                a: &a [x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]
                """;
        for (String yaml : new String[] {
            "resource_usage: &x\n  a.b: *x\n", bomb, "x".repeat(UsageDocument.MOST_BYTES + 1), "a: ".repeat(50)
        }) {
            assertThatThrownBy(() -> UsageDocument.parse(yaml)).isInstanceOf(UsageUnreadable.class);
        }
    }
}

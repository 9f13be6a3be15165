package io.terrafleet.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.event.Enforcement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesFileTest {
    @Test
    void policiesAreReadWithCommentsAround() throws PoliciesUnreadable {
        List<PoliciesFile.Entry> entries = PoliciesFile.read(
                """
                # first
                policy "a-b_1" { // on one line
                  query = "data.acme.deny" /* of
                  several lines */
                  enforcement_level = "mandatory"
                  description = "say \\"no\\""
                }
                policy "c" { query = "data.acme.warn" }
                """);
        assertThat(entries).extracting(PoliciesFile.Entry::name).containsExactly("a-b_1", "c");
        assertThat(entries.getFirst().enforcement()).isEqualTo(Enforcement.MANDATORY);
        assertThat(entries.getFirst().description()).contains("say \"no\"");
        assertThat(entries.getLast().enforcement()).isEqualTo(Enforcement.ADVISORY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "policy",
                "policy \"a\"",
                "policy \"a\" {",
                "policy \"a\" { query = }",
                "policy \"a\" { query = 1 }",
                "policy \"a\" { query = \"not a reference\" }",
                "policy \"a\" { query = \"data.a\" other = \"x\" }",
                "policy \"a\" { query = \"data.a\" query = \"data.b\" }",
                "policy \"a\" { query = \"data.a\" enforcement_level = \"soft\" }",
                "policy \"a b\" { query = \"data.a\" }",
                "policy \"a\" { query = \"data.a\" } policy \"a\" { query = \"data.a\" }",
                "module \"x\" { source = \"./x\" }",
                "policy \"a\" { query = \"data.a",
                "%"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PoliciesFile.read(text))
                .isInstanceOf(PoliciesUnreadable.class)
                .hasMessageStartingWith("policies.hcl, line 1: ");
    }

    @Test
    void theLineIsTold() {
        assertThatThrownBy(() -> PoliciesFile.read("# one\npolicy \"a\" {\n  query = 1\n}"))
                .hasMessageContaining("line 3");
    }
}

package io.terrafleet.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.policy.evaluation.ModulePath.Step;
import io.terrafleet.policy.evaluation.Reference.Part;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    @Test
    void cutsAtDotsOutsideOfKeys() {
        assertThat(Reference.of("data.aws_x.y[\"a.b[c]\"].json").parts())
                .containsExactly(
                        new Part("data", ""), new Part("aws_x", ""), new Part("y", "\"a.b[c]\""), new Part("json", ""));
    }

    @Test
    void readsModuleAddresses() {
        ModulePath path = ModulePath.of("module.net[\"module.x\"].module.zone[0].module.plain");

        assertThat(path.steps())
                .containsExactly(new Step("net", "\"module.x\""), new Step("zone", "0"), new Step("plain", ""));
        assertThat(path.inConfiguration()).isEqualTo("net.zone.plain");
    }

    @Test
    void knowsWhenAnotherSaysMore() {
        assertThat(Reference.of("aws_x.y.id").extendsBeyond("aws_x.y")).isTrue();
        assertThat(Reference.of("aws_x.y[0]").extendsBeyond("aws_x.y")).isTrue();
        assertThat(Reference.of("aws_x.yz").extendsBeyond("aws_x.y")).isFalse();
    }
}

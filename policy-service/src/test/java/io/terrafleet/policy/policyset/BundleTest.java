package io.terrafleet.policy.policyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.testkit.TarGz;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {

    @Test
    void compilesThePoliciesOfAnArchive() throws Exception {
        byte[] archive = TarGz.of(Map.of(
                "policies/a.rego", "package acme\n\nimport data.acme.lib\n\ndeny contains lib.word\n",
                "policies/lib.rego", "package acme.lib\n\nword := \"no\"\n",
                "policies/a_test.rego", "package acme_test\n\nthis does not parse",
                "README.md", "text"));

        assertThat(PolicySets.compile(archive).rules())
                .containsExactlyInAnyOrder("data.acme.deny", "data.acme.lib.word");
    }

    @Test
    void readsPoliciesOfTheOlderVersionToo() throws Exception {
        byte[] archive = TarGz.of(Map.of("main.rego", "package main\n\ndeny[msg] { input.bad; msg := \"no\" }\n"));

        assertThat(PolicySets.compile(archive).rules()).containsExactly("data.main.deny");
    }

    @Test
    void saysWhereAPolicyDoesNotParse() {
        assertUnusable(TarGz.of(Map.of("a.rego", "package a\n\ndeny contains {")), "a.rego:3");
    }

    @Test
    void saysWhatDoesNotCompile() {
        assertUnusable(TarGz.of(Map.of("a.rego", "package a\n\np if q\n\nq if p\n")), "recurs");
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertUnusable("not a tar".getBytes(StandardCharsets.UTF_8), "not a tar.gz archive");
        assertUnusable(new byte[0], "not a tar.gz archive");
    }

    @Test
    void refusesAnArchiveWithoutPolicies() {
        assertUnusable(TarGz.of(Map.of("a.txt", "x")), "no .rego file");
        assertUnusable(new TarGz().symbolicLink("a.rego", "/etc/passwd").bytes(), "no .rego file");
    }

    @Test
    void refusesBombs() {
        assertUnusable(new TarGz().file("a.rego", " ".repeat(3_000_000)).bytes(), "larger than");
        assertUnusable(new TarGz().file("zero.bin", " ".repeat(30_000_000)).bytes(), "unpacks to more than");
        TarGz many = new TarGz();
        for (int i = 0; i < 2_100; i++) {
            many.file("f" + i, "");
        }
        assertUnusable(many.bytes(), "more than 2000 entries");
    }

    @Test
    void aNameThatClimbsIsOnlyAName() throws Exception {
        byte[] archive =
                new TarGz().file("../../a.rego", "package a\n\ndeny := []\n").bytes();

        assertThat(PolicySets.compile(archive).rules()).containsExactly("data.a.deny");
    }

    @Test
    void refusesNestingThatHasNoEnd() {
        assertUnusable(TarGz.of(Map.of("a.rego", "package a\n\np := " + "[".repeat(100_000))), "a.rego");
    }

    private static void assertUnusable(byte[] archive, String why) {
        assertThatThrownBy(() -> PolicySets.compile(archive))
                .isInstanceOf(PolicySetUnusable.class)
                .hasMessageContaining(why);
    }
}

package io.terrafleet.cost.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    private static final PriceBook BOOK = PriceBook.shipped();

    @Test
    void everyPriceHasASourceAndInstancesADate() {
        assertThat(BOOK.size()).isGreaterThan(4_000);
        Quote quote = BOOK.instance("AmazonEC2", "eu-west-1", "m5.large", List.of("Linux/Shared"));
        assertThat(quote).isInstanceOfSatisfying(Quote.Found.class, found -> {
            assertThat(found.usd()).isEqualByComparingTo("0.107");
            assertThat(found.source()).isEqualTo("terracost");
            assertThat(found.date()).contains(LocalDate.parse("2023-02-23"));
        });
    }

    @Test
    void tiersAreInOrder() {
        assertThat(BOOK.rate("AmazonVPC", "us-east-1", "VpcEndpoint-Bytes"))
                .isInstanceOfSatisfying(Quote.Found.class, found -> assertThat(found.tiers())
                        .extracting(Tier::usd)
                        .containsExactly(new BigDecimal("0.01"), new BigDecimal("0.006"), new BigDecimal("0.004")));
    }

    /** The list that these came from has another, cheaper item under the same name. */
    @ParameterizedTest
    @CsvSource({
        "us-east-1, cache.r5.xlarge, 0.431", "us-east-1, cache.r5.4xlarge, 1.724",
        "us-east-1, cache.m5.12xlarge, 3.744", "eu-west-1, cache.r5.large, 0.241"
    })
    void cacheNodesCostAsMuchAsTheirSizeSays(String region, String node, BigDecimal usd) {
        assertThat(BOOK.instance("AmazonElastiCache", region, node, List.of("Redis+Memcached", "Redis")))
                .isInstanceOfSatisfying(
                        Quote.Found.class, found -> assertThat(found.usd()).isEqualByComparingTo(usd));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(BOOK.rate("AmazonEC2", "mars-1", "NatGateway-Hours"))
                .isEqualTo(new Quote.Missing(
                        "the price book has AmazonEC2 prices for eu-west-1 and us-east-1, not for mars-1, so"
                                + " none for NatGateway-Hours"));
        assertThat(BOOK.rate("AmazonMoon", "us-east-1", "Dust"))
                .isEqualTo(new Quote.Missing("the price book has no AmazonMoon prices, so none for Dust"));
    }

    @Test
    void quotedFieldsAreRead() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        CsvRows.read(new BufferedReader(new StringReader("a,b\n\"x, \"\"y\"\"\",z\n")), List.of("a", "b"), rows::add);
        assertThat(rows).containsExactly(List.of("x, \"y\"", "z"));
    }

    @Test
    void brokenFilesSayWhere() {
        assertThatThrownBy(() -> CsvRows.read(reader("a,b\n1,2\n3\n"), List.of("a", "b"), row -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3 has 1 fields");
        assertThatThrownBy(() -> CsvRows.read(reader("b,a\n"), List.of("a", "b"), row -> {}))
                .hasMessageContaining("first line must be a,b");
        assertThatThrownBy(
                        () -> CsvRows.read(reader("a,b\n1,x\n"), List.of("a", "b"), row -> new BigDecimal(row.get(1))))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> new Tier(BigDecimal.ZERO, new BigDecimal("-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedReader reader(String text) {
        return new BufferedReader(new StringReader(text));
    }
}

package io.terrafleet.cost.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Price lists as sellers publish them, where they are at hand. */
class SharedOffersTest {

    @Test
    void aRegionOfComputePricesIsReadInSeconds() throws Exception {
        Path lists = SharedData.orSkip("data/prices/aws-offer-files");
        long begin = System.nanoTime();
        Offer compute = Offers.read(lists.resolve("AmazonEC2_eu-west-1_20230223.json.gz"), bytes -> {});
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;

        assertThat(compute.products()).isEqualTo(51_120);
        assertThat(compute.rows()).hasSizeGreaterThan(4_000);
        assertThat(seconds).as("seconds for 64 MB").isLessThan(10);
    }

    @Test
    void smallListsOfEveryLayoutAreRead() throws Exception {
        Path lists = SharedData.orSkip("data/prices/aws-offer-files");

        assertThat(Offers.read(lists.resolve("official_format_AmazonEC2_eu-west-3_sample.csv"), bytes -> {})
                        .rows())
                .hasSize(5);
        assertThat(Offers.read(lists.resolve("official_format_AmazonEC2_20230314154740.json"), bytes -> {})
                        .currencies())
                .containsExactly("CNY");
        assertThat(Offers.read(lists.resolve("AmazonRDS_eu-west-1_20230223.json.gz"), bytes -> {})
                        .rows())
                .anySatisfy(row -> {
                    assertThat(row.key()).isEqualTo("RDS storage gp2 Multi-AZ");
                    assertThat(row.price()).isEqualByComparingTo("0.253");
                });
    }

    @Test
    void theGcpCatalogueIsRead() throws Exception {
        Offer offer = Offers.read(SharedData.orSkip("data/prices/gcp_pricing_2026-07-30.yml"), bytes -> {});

        assertThat(offer.published()).isEqualTo("2026-07-30");
        assertThat(offer.regions()).contains("europe-west1", "us-central1");
        assertThat(offer.rows()).hasSizeGreaterThan(20_000);
    }
}

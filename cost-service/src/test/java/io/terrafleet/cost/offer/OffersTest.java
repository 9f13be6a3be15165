package io.terrafleet.cost.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.terrafleet.cost.price.PriceRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffersTest {
    private static final String OFFER =
            """
            {"formatVersion": "v1.0", "offerCode": "AmazonEC2", "version": "20260101000000",
             "publicationDate": "2026-01-01T00:00:00Z",
             "products": {
               "A": {"sku": "A", "productFamily": "Compute Instance", "attributes": {"regionCode": "eu-central-1",
                 "instanceType": "m9.large", "tenancy": "Shared", "operatingSystem": "Linux", "preInstalledSw": "NA",
                 "capacitystatus": "Used", "licenseModel": "No License required", "usagetype": "EUC1-BoxUsage:m9.large"}},
               "B": {"sku": "B", "productFamily": "Compute Instance", "attributes": {"regionCode": "eu-central-1",
                 "instanceType": "m9.large", "tenancy": "Shared", "operatingSystem": "Linux", "preInstalledSw": "NA",
                 "capacitystatus": "UnusedCapacityReservation", "usagetype": "EUC1-UnusedBox:m9.large"}},
               "C": {"sku": "C", "productFamily": "NAT Gateway", "attributes": {"regionCode": "eu-central-1",
                 "usagetype": "EUC1-NatGateway-Bytes"}}},
             "terms": {"OnDemand": {
               "A": {"A.T": {"priceDimensions": {"A.T.R": {"unit": "Hrs", "beginRange": "0", "endRange": "Inf",
                 "pricePerUnit": {"USD": "0.1000000000"}}}, "termAttributes": {}},
                 "A.L": {"priceDimensions": {"A.L.R": {"unit": "Hrs", "pricePerUnit": {"USD": "77"}}},
                 "termAttributes": {"LeaseContractLength": "3yr"}}},
               "B": {"B.T": {"priceDimensions": {"B.T.R": {"unit": "Hrs", "pricePerUnit": {"USD": "9"}}}}},
               "C": {"C.T": {"priceDimensions": {
                 "C.T.1": {"unit": "GB", "beginRange": "0", "pricePerUnit": {"USD": "0.05"}},
                 "C.T.2": {"unit": "GB", "beginRange": "1000", "pricePerUnit": {"USD": "0.04"}}}}}},
              "Reserved": {"A": {"A.X": {"priceDimensions": {}}}}}}
            """;

    private static final String CSV =
            """
            "FormatVersion","v1.0"
            "Disclaimer","none, ""really"" none"
            "Publication Date","2026-02-03T00:00:00Z"
            "Version","20260203000000"
            "OfferCode","AmazonEC2"
            "SKU","TermType","StartingRange","Unit","PricePerUnit","Currency","Product Family","Location","usageType","LeaseContractLength"
            "A","OnDemand","0","GB-Mo","0.116","USD","Storage","EU (Paris)","EUW3-EBS:VolumeUsage.gp2",""
            "A","Reserved","0","GB-Mo","7","USD","Storage","EU (Paris)","EUW3-EBS:VolumeUsage.gp2","1yr"
            """;

    @TempDir
    Path directory;

    @Test
    void theJsonOfferIsTakenWithItsTiersAndWithoutReservations() throws Exception {
        Offer offer = read(OFFER);

        assertThat(offer.products()).isEqualTo(3);
        assertThat(offer.published()).isEqualTo(LocalDate.parse("2026-01-01"));
        assertThat(offer.rows())
                .extracting(PriceRow::key, PriceRow::region, row -> row.from().toPlainString(), row -> row.price()
                        .toPlainString())
                .containsExactlyInAnyOrder(
                        tuple("instance m9.large Linux/Shared", "eu-central-1", "0", "0.1"),
                        tuple("NatGateway-Bytes", "eu-central-1", "0", "0.05"),
                        tuple("NatGateway-Bytes", "eu-central-1", "1000", "0.04"));
    }

    @Test
    void theCsvOfferIsTaken() throws Exception {
        Offer offer = read(CSV);

        assertThat(offer.rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo("EBS:VolumeUsage.gp2");
            assertThat(row.region()).isEqualTo("eu-west-3");
            assertThat(row.price()).isEqualByComparingTo("0.116");
            assertThat(row.source()).isEqualTo("aws offer file 20260203000000");
        });
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "USD": "0.05"      | "USD": "-0.05"   | SKU C: the price is negative
            "USD": "0.05"      | "EUR": "0.05"    | must be in USD
            "USD": "0.05"      | "USD": "cheap"   | must be a number, not "cheap"
            {"USD": "0.05"}    | {}               | exactly one currency, it has 0
            eu-central-1       | cn-north-1       | must be in CNY
            2026-01-01T        | January          | publicationDate must be a day
            "beginRange": "1000" | "beginRange": "-1" | the start of its range is negative
            "Reserved": {      | "Reserved": {]   | breaks off or is not JSON
            """)
    void brokenOffersSayWhatIsWrongAndTakeNothing(String good, String bad, String message) {
        assertThatThrownBy(() -> read(OFFER.replace(good, bad)))
                .isInstanceOf(OfferUnreadable.class)
                .hasMessageContaining(message);
    }

    @Test
    void truncatedFilesAreRefused() {
        assertThatThrownBy(() -> read(OFFER.substring(0, OFFER.length() / 2))).hasMessageContaining("breaks off");
        assertThatThrownBy(() -> read(OFFER.substring(0, OFFER.lastIndexOf(',', OFFER.indexOf("\"terms\""))) + "}"))
                .hasMessageContaining("has no terms");
        assertThatThrownBy(() -> read(CSV.substring(0, CSV.length() - 30))).hasMessageContaining("breaks off");
        assertThatThrownBy(() -> read(CSV.replace("\"Currency\",", ""))).hasMessageContaining("line 6");
        assertThatThrownBy(() -> read("hello")).hasMessageContaining("it is none of");
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("has no products");
        assertThatThrownBy(() -> Offers.read(directory.resolve("nowhere"), bytes -> {}))
                .hasMessageContaining("there is no file");
    }

    @Test
    void azurePagesAreTaken() throws Exception {
        String item =
                """
                {"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.096,"unitPrice":0.096,"armRegionName":"westeurope",
                 "location":"EU West","effectiveStartDate":"2025-05-01T00:00:00Z","meterId":"m","meterName":"D2s v3","productId":"p",
                 "skuId":"s","productName":"Virtual Machines DSv3 Series","skuName":"D2s v3","serviceName":"Virtual Machines",
                 "unitOfMeasure":"1 Hour","type":"Consumption","isPrimaryMeterRegion":true,"armSkuName":"Standard_D2s_v3"}
                """;
        String page = "{\"BillingCurrency\":\"USD\",\"Items\":[" + item + ","
                + item.replace("Consumption", "Reservation")
                + "," + item.replace("DSv3 Series", "DSv3 Series Windows").replace("0.096", "0.188")
                + "],\"NextPageLink\":null,\"Count\":3}";

        assertThat(read(page).rows())
                .extracting(PriceRow::key, PriceRow::price)
                .containsExactlyInAnyOrder(
                        tuple("instance Standard_D2s_v3 Linux", new BigDecimal("0.096")),
                        tuple("instance Standard_D2s_v3 Windows", new BigDecimal("0.188")));
        assertThatThrownBy(() -> read(page.replace("0.188,\"unitPrice", "-0.188,\"unitPrice")))
                .hasMessageContaining("retailPrice is negative");
        assertThatThrownBy(() -> read(page.replace("\"USD\",\"tier", "\"EUR\",\"tier")))
                .hasMessageContaining("EUR");
        assertThatThrownBy(() -> read(page.substring(0, page.length() - 40))).hasMessageContaining("break off");
    }

    @Test
    void theGcpCatalogueIsTaken() throws Exception {
        String catalogue =
                """
                ---
                about:
                  timestamp: 1785391997
                compute:
                  instance:
                    n9-standard-2:
                      cost:
                        europe-west1:
                          hour: 0.1
                          hour_spot: 0.02
                          month: 73
                      cpu: 2
                  license:
                    windows:
                      cost:
                        n9:
                          month: 1
                  network:
                    traffic:
                      egress:
                        internet:
                          cost:
                            0-1:
                              europe-west1:
                                month: 0.12
                            1-10:
                              europe-west1:
                                month: 0.11
                  storage:
                    hdd:
                      cost:
                        europe-west1:
                          hour: 0.1
                storage:
                  bucket:
                    standard:
                      cost:
                        europe-west1:
                          month: 0.02
                  retrieval:
                    cold:
                      cost:
                        europe-west1:
                          hour: 0.1
                """;
        assertThat(read(catalogue).rows())
                .extracting(PriceRow::key, row -> row.from().toPlainString(), row -> row.price()
                        .toPlainString())
                .containsExactlyInAnyOrder(
                        tuple("instance n9-standard-2 OnDemand", "0", "0.1"),
                        tuple("instance n9-standard-2 Spot", "0", "0.02"),
                        tuple("network egress internet", "0", "0.12"),
                        tuple("network egress internet", "1024", "0.11"),
                        tuple("bucket standard", "0", "0.02"));
        assertThatThrownBy(() -> read(catalogue.replace("hour: 0.1", "hour: -0.1")))
                .hasMessageContaining("line 9: the price is negative");
        assertThatThrownBy(() -> read(catalogue.replace("hour: 0.1", "hour: ]")))
                .hasMessageContaining("breaks off or is not YAML");
        // Half a catalogue is a catalogue to a reader of YAML, and half the prices to us.
        assertThatThrownBy(() -> read(catalogue.substring(0, catalogue.indexOf("storage:"))))
                .hasMessageContaining("breaks off or is none: it has no compute.storage, no storage.bucket");
        assertThatThrownBy(() -> read(catalogue.substring(0, catalogue.indexOf("retrieval:"))))
                .hasMessageContaining("breaks off");
    }

    @Test
    void pagesOfAzureAreOneListToItsEnd() throws Exception {
        Path first = page("first", "Standard_D2s_v3", "https://prices.azure.com/api/retail/prices?$skip=100");
        Path second = page("second", "Standard_D4s_v3", "https://prices.azure.com/api/retail/prices?$skip=200");
        Path last = page("last", "Standard_D8s_v3", null);
        Path aws = Files.writeString(directory.resolve("aws"), OFFER);

        List<Offer> offers = Offers.read(List.of(first, aws, second, last), (file, bytes) -> {});

        assertThat(offers).extracting(Offer::name).containsExactly("AmazonEC2", "azure-retail");
        assertThat(offers.getLast().products()).isEqualTo(3);
        assertThat(offers.getLast().rows())
                .extracting(PriceRow::key)
                .containsExactlyInAnyOrder(
                        "instance Standard_D2s_v3 Linux",
                        "instance Standard_D4s_v3 Linux",
                        "instance Standard_D8s_v3 Linux");
        assertThatThrownBy(() -> Offers.read(List.of(first, second), (file, bytes) -> {}))
                .hasMessageContaining("2 pages: page 2 is not the last one");
        assertThatThrownBy(() -> Offers.read(first, bytes -> {})).hasMessageContaining("not the last one");
    }

    private Path page(String name, String size, @org.jspecify.annotations.Nullable String next) throws IOException {
        String link = next == null ? "null" : "\"" + next + "\"";
        return Files.writeString(
                directory.resolve(name),
                """
                {"BillingCurrency":"USD","CustomerEntityId":"Default","CustomerEntityType":"Retail","Items":[
                 {"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.1,"armRegionName":"westeurope",
                 "effectiveStartDate":"2025-05-01T00:00:00Z","meterName":"m","productName":"Virtual Machines DSv3 Series",
                 "skuName":"s","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption",
                 "isPrimaryMeterRegion":true,"armSkuName":"%s"}],"NextPageLink":%s,"Count":1}
                """
                        .formatted(size, link));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ElasticMapReduce | Elastic Map Reduce Instance | ~softwareType~: ~EMR~, ~instanceType~: ~m5.xlarge~, ~usagetype~: ~BoxUsage:m5.xlarge~ | instance m5.xlarge EMR
            AmazonRDS | Database Instance | ~databaseEngine~: ~Aurora MySQL~, ~instanceType~: ~db.r6g.large~, ~usagetype~: ~InstanceUsageIOOptimized:db.r6g.large~ | instance db.r6g.large Aurora MySQL/I/O-optimized
            """)
    void specialMachinesHaveTheirOwnPrice(String offer, String family, String attributes, String key) throws Exception {
        String product = "\"productFamily\": \"" + family + "\", \"attributes\": {" + attributes.replace('~', '"')
                + ", \"regionCode\": \"us-east-1\"}";
        String list = "{\"offerCode\":\"" + offer + "\",\"version\":\"1\",\"publicationDate\":\"2026-01-01T00:00:00Z\","
                + "\"products\":{\"A\":{\"sku\":\"A\"," + product + "}},\"terms\":{\"OnDemand\":{\"A\":{\"A.T\":"
                + "{\"priceDimensions\":{\"A.T.R\":{\"unit\":\"Hrs\",\"pricePerUnit\":{\"USD\":\"0.048\"}}}}}}}}";

        assertThat(read(list).rows()).extracting(PriceRow::key).containsExactly(key);
    }

    @Test
    void versionsAreKeptAndTheNewestIsUsed() throws Exception {
        PriceFiles files = new PriceFiles(directory.resolve("prices"));
        Offer newer = read(OFFER.replace("20260101000000", "20260501000000")
                .replace("2026-01-01T", "2026-05-01T")
                .replace("0.1000000000", "0.2"));
        files.keep(List.of(newer));
        files.keep(List.of(read(OFFER)));

        assertThat(files.versions()).hasSize(2);
        assertThat(files.book().instance("AmazonEC2", "eu-central-1", "m9.large", List.of("Linux/Shared")))
                .isInstanceOfSatisfying(io.terrafleet.cost.price.Quote.Found.class, found -> {
                    assertThat(found.usd()).isEqualByComparingTo("0.2");
                    assertThat(found.date()).contains(LocalDate.parse("2026-05-01"));
                });
        assertThat(files.book().size()).isGreaterThan(4_000);
    }

    private Offer read(String text) throws OfferUnreadable, IOException {
        Path file = Files.writeString(directory.resolve("list"), text, StandardCharsets.UTF_8);
        return Offers.read(file, bytes -> {});
    }
}

package io.terrafleet.api.cost;

import static io.terrafleet.api.cost.Points.point;
import static io.terrafleet.api.cost.Points.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceSettings;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two workspaces: web doubled ten days ago, batch is new. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class CostIT {
    private static final Instant NOW = Instant.now();
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(100));
    private static final Instant LATELY = NOW.minus(Duration.ofDays(10));

    @Inject
    Tenant tenant;

    @Inject
    Costs costs;

    @Inject
    Workspaces workspaces;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    Tenant.Company company;
    Workspace web;
    Workspace batch;
    CostRecorded doubled;

    @BeforeEach
    void spent() {
        company = tenant.company();
        web = workspaces.create(company.id(), WorkspaceSettings.named("web"));
        batch = workspaces.create(company.id(), WorkspaceSettings.named("batch"));
        doubled = point(web, LATELY, "USD", "730", share("aws_instance", "a", "730"), share("aws_lb", "b", "730"));
        costs.record(point(web, LONG_AGO, "USD", "0", share("aws_instance", "a", "730")));
        costs.record(doubled);
        costs.record(point(batch, LATELY, "USD", "0", share("aws_instance", "=cmd", "73")));
    }

    @Test
    void everyMonthIsToldByWhateverOneAsks() {
        ask("costs?filter[group]=workspace")
                .body("data.attributes.group", hasItem("Default Project/web"))
                .body("data.attributes.currency", everyItem(equalTo("USD")));
        ask("costs?filter[group]=resource-type").body("data.attributes.group", hasItem("aws_lb"));
        ask("costs?filter[group]=tag&filter[tag]=team").body("data.attributes.group", hasItem("b"));
        ask("costs").body("data.attributes.group", everyItem(equalTo("Default Project")));
        ask("costs?filter[workspace]=" + batch.id() + "&filter[group]=workspace")
                .body("data.attributes.group", everyItem(equalTo("Default Project/batch")));
        company.owner()
                .asks()
                .get("/api/v2/costs")
                .then()
                .statusCode(200)
                .body("data.attributes.group", everyItem(equalTo(company.name())));
    }

    @Test
    void moversAndChangesNameTheRun() {
        ask("costs/movers")
                .body("data.attributes.group", contains("Default Project/web", "Default Project/batch"))
                .body("data[0].attributes.difference", equalTo("730.00"));
        ask("costs/changes")
                .body("data", hasSize(2))
                .body("data.relationships.run.data.id", hasItem(doubled.run().value()))
                .body("data.attributes.difference", containsInAnyOrder("730.00", "73.00"));
        ask("costs/forecast?filter[group]=organization")
                .body("data", hasSize(1))
                .body("data[0].attributes.group", equalTo(company.name()));
    }

    @Test
    void aPointIsKeptOnceHoweverOftenItIsTold() throws Exception {
        costs.record(doubled);
        CostRecorded later = point(web, NOW, "USD", "1460", share("aws_instance", "a", "10"));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer())) {
            for (String id : new String[] {"one-" + later.run(), "one-" + later.run(), "two-" + later.run()}) {
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(Topic.COST_REPORTS.kafkaName(), later.key(), FactCodec.write(later));
                record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
                record.headers()
                        .add("ce_type", FactCodec.typeOf(CostRecorded.class).getBytes(StandardCharsets.UTF_8));
                record.headers().add("ce_source", "/terrafleet/cost".getBytes(StandardCharsets.UTF_8));
                producer.send(record).get();
            }
        }
        Await.value("the point", Duration.ofSeconds(20), () -> Optional.of(costs.history(web))
                .filter(points -> points.size() == 3));

        company.owner()
                .asks()
                .get("/api/v2/workspaces/" + web.id() + "/costs")
                .then()
                .statusCode(200)
                .body("data", hasSize(3))
                .body("data[0].id", equalTo(later.run().value()))
                .body("data[0].attributes.monthly-cost", equalTo("10.00"))
                .body("data[0].attributes.prices-as-of", equalTo("2026-07-20"));
    }

    @Test
    void exportsAreFilesAndNoFormulaGetsIntoASpreadsheet() {
        ask("costs/export?filter[group]=tag&filter[tag]=team&format=csv")
                .header("Content-Disposition", startsWith("attachment; filename=\"costs-"))
                .contentType("text/csv")
                .body(startsWith("month,group,cost,currency,prices-as-of\r\n"))
                .body(containsString(",'=cmd,"), containsString(",USD,2026-07-20\r\n"));
        ask("costs/export?format=json").contentType("application/json").body("group", hasItem("Default Project"));
    }

    @Test
    void whoSeesOneWorkspaceSeesItsCostsAlone() {
        Tenant.Person guest = tenant.guest(company, batch, WorkspaceAccess.READ);
        guest.asks()
                .get("/api/v2/organizations/" + company.name() + "/costs?filter[group]=workspace")
                .then()
                .statusCode(200)
                .body("data.attributes.group", everyItem(equalTo("Default Project/batch")));
        guest.asks()
                .get("/api/v2/organizations/" + company.name() + "/costs/changes")
                .then()
                .body("data", hasSize(1));
        guest.asks().get("/api/v2/workspaces/" + web.id() + "/costs").then().statusCode(404);
        Tenant.Person stranger = tenant.person();
        for (String path : new String[] {"costs", "costs/forecast", "costs/movers", "costs/changes", "costs/export"}) {
            stranger.asks()
                    .get("/api/v2/organizations/" + company.name() + "/" + path)
                    .then()
                    .statusCode(404);
        }
        stranger.asks().get("/api/v2/costs").then().statusCode(200).body("data", hasSize(0));
    }

    @Test
    void currenciesAreNotAddedUp() {
        costs.record(point(batch, NOW.minusSeconds(60), "CNY", "73", share("aws_instance", "a", "7300")));
        ask("costs/forecast?filter[group]=organization")
                .body("data.attributes.currency", containsInAnyOrder("CNY", "USD"));
    }

    @Test
    void aDeletedWorkspaceHasSpentButSpendsNoMore() {
        workspaces.delete(batch.id(), false);
        ask("costs?filter[group]=workspace").body("data.attributes.group", hasItem("Default Project/batch"));
        ask("costs/changes").body("data", hasSize(3)).body("data[0].attributes.after", equalTo("0.00"));
        Spending spending = Objects.requireNonNull(
                costs.spending(company.owner().principal(), company.organization(), CostScope.ALL, Instant.now())
                        .get("USD"));
        assertThat(spending.rate(Instant.now())).isEqualByComparingTo(new BigDecimal("1460"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "costs?filter[group]=colour",
                "costs?filter[group]=tag",
                "costs?filter[from]=yesterday",
                "costs?filter[from]=2026-13",
                "costs?filter[from]=2026-06&filter[to]=2026-05",
                "costs?filter[from]=2001-06&filter[to]=2026-05",
                "costs/movers?filter[days]=0",
                "costs/movers?filter[days]=99999",
                "costs/export?format=xls"
            })
    void whatMakesNoSenseIsABadRequest(String question) {
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/" + question)
                .then()
                .statusCode(400);
    }

    private ValidatableResponse ask(String question) {
        return company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/" + question)
                .then()
                .statusCode(200);
    }
}

package io.terrafleet.cost.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.CostReport.CostShare;
import io.terrafleet.contracts.event.CostReport.PriceListRefused;
import io.terrafleet.contracts.event.CostReport.PriceListTaken;
import io.terrafleet.contracts.event.CostRequest;
import io.terrafleet.contracts.event.CostRequest.PriceListSwitched;
import io.terrafleet.contracts.event.CostRequest.PriceListUploaded;
import io.terrafleet.contracts.event.CostRequest.WorkspaceForgotten;
import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.event.RunEvent.RunFinished;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.cost.estimate.Plans;
import io.terrafleet.cost.history.CostHistory;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.pricelist.PriceLists;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.data.Offset;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events in, decisions out, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(StubApi.class)
@SuppressWarnings("NullAway.Init")
class DecisionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    @DataSource("cost")
    AgroalDataSource database;

    @Inject
    @Identifier("cost")
    CostHistory history;

    @Inject
    @Identifier("cost")
    PriceLists prices;

    @Inject
    @Identifier("cost")
    PriceBook shipped;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    StubApi api;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    @BeforeEach
    void connect() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(
                Topic.COST_DECISIONS.kafkaName(), Topic.COST_REPORTS.kafkaName(), Topic.RUN_EVENTS.deadLetterName()));
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumer.close();
    }

    @Test
    void aCompletedPlanIsPricedJudgedToldAndKept() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("08-changes.json"), RunEvents.budget("2000", Budget.Action.APPROVAL));

        send(plan);

        CostDecided decision = decision(plan);
        assertThat(decision.status()).isEqualTo("finished");
        assertThat(decision.planSha256()).isEqualTo(plan.plan().sha256());
        assertThat(decision.priorMonthly()).isEqualByComparingTo("482.34");
        assertThat(decision.proposedMonthly()).isEqualByComparingTo("2133.03");
        assertThat(decision.deltaMonthly()).isEqualByComparingTo("1650.69");
        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK_OVERRIDABLE);
        assertThat(decision.reasons().getFirst())
                .contains("$2,133.03")
                .contains("$133.03")
                .contains("$2,000.00");
        assertThat(decision.items().getFirst().address()).isEqualTo("aws_db_instance.orders");
        assertThat(decision.pricesAsOf()).isPresent();
        assertThat(row(plan, "proposed_monthly")).isEqualTo("2133.03");
        assertThat(row(plan, "jsonb_array_length(resources)")).isEqualTo("13");
        assertThat(row(plan, "decision->>'verdict'")).isEqualTo("block-overridable");
    }

    @Test
    void aDuplicateChangesNothing() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("01-web-app.json"));
        PlanCompleted next = stored(Plans.bytes("08-changes.json"));
        String id = UUID.randomUUID().toString();

        send(plan, id, FactCodec.typeOf(plan.getClass()), FactCodec.write(plan));
        send(plan, id, FactCodec.typeOf(plan.getClass()), FactCodec.write(plan));
        sendOnPartitionOf(plan, next);

        decision(next);
        assertThat(heard.stream()
                        .filter(record -> record.key().equals(plan.run().value())))
                .hasSize(1);
    }

    @Test
    void aPlanThatIsNotTheAnnouncedOneIsAnErrorThatTheRunIsTold() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("08-changes.json"), RunEvents.budgetThatBlocksWithoutEstimate());
        byte[] other = Plans.bytes("08-changes.json");
        other[100] ^= 1;
        api.store(plan.plan().id(), other);

        send(plan);

        CostDecided decision = decision(plan);
        assertThat(decision.status()).isEqualTo("errored");
        assertThat(decision.error().orElseThrow()).contains("SHA-256");
        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(row(plan, "status")).isEqualTo("errored");
    }

    @Test
    void brokenPlansAndMissingOnesAreErrorsThatDoNotBlock() throws Exception {
        PlanCompleted broken = stored("{\"format_version\": \"1.2\", ".getBytes(StandardCharsets.UTF_8));
        PlanCompleted missing = RunEvents.planCompleted("never stored".getBytes(StandardCharsets.UTF_8), List.of());
        PlanCompleted huge = RunEvents.planCompleted(
                new ArtifactRef("art-aaaaaaaaaaaaaaaa", "0".repeat(64), Long.MAX_VALUE), List.of());

        send(broken);
        send(missing);
        send(huge);

        for (PlanCompleted plan : List.of(broken, missing, huge)) {
            CostDecided decision = decision(plan);
            assertThat(decision.status()).isEqualTo("errored");
            assertThat(decision.verdict()).isEqualTo(Verdict.APPROVE);
            assertThat(decision.reasons()).isNotEmpty();
        }
        assertThat(decision(broken).error().orElseThrow()).contains("not JSON");
        assertThat(decision(missing).error().orElseThrow()).contains("no longer stored");
        assertThat(decision(huge).error().orElseThrow()).contains("bytes long", "needs more memory");
    }

    @Test
    void whileTheApiIsAwayThePlanWaits() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("01-web-app.json"));
        api.failTimes(4);

        send(plan);

        CostDecided decision = decision(plan);
        assertThat(api.failuresLeft()).isZero();
        assertThat(decision.proposedMonthly()).isEqualByComparingTo("1348.45");
        assertThat(decision.verdict()).isEqualTo(Verdict.APPROVE);
    }

    @Test
    void unknownEventsAreSkippedAndPoisonIsBuried() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("01-web-app.json"));
        byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);

        send(plan, "unknown-" + UUID.randomUUID(), "io.terrafleet.run-events.run-sang.v9", nonsense);
        send(plan, "poison-" + UUID.randomUUID(), FactCodec.typeOf(plan.getClass()), nonsense);
        send(plan);

        assertThat(decision(plan).status()).isEqualTo("finished");
        Await.value("the dead letter", PATIENCE, () -> hear(Topic.RUN_EVENTS.deadLetterName(), plan));
    }

    @Test
    void aTargetedRunHasNoEstimate() throws Exception {
        byte[] json = Plans.bytes("01-web-app.json");
        PlanCompleted plan = RunEvents.planCompleted(json, List.of("aws_instance.bastion"));

        send(plan);

        CostDecided decision = decision(plan);
        assertThat(decision.status()).isEqualTo("skipped_due_to_targeting");
        assertThat(decision.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(decision.error()).isEmpty();
    }

    @Test
    void anApplyBecomesAPointInTimeOnceAndCountsForTheProject() throws Exception {
        PlanCompleted plan = stored(Plans.bytes("08-changes.json"));
        send(plan);
        decision(plan);
        RunFinished applied = new RunFinished(
                plan.run(),
                new WorkspaceId(RunEvents.WORKSPACE),
                "acme",
                "applied",
                Instant.parse("2026-05-04T11:00:00Z"));
        String id = UUID.randomUUID().toString();
        finish(applied, id);
        finish(applied, id);

        CostRecorded point = (CostRecorded) report(RunEvents.WORKSPACE, CostRecorded.class);
        assertThat(point.run()).isEqualTo(plan.run());
        assertThat(point.workspaceName()).isEqualTo("web");
        assertThat(point.prior()).isEqualByComparingTo("482.34");
        assertThat(point.monthly()).isEqualByComparingTo("2133.03");
        assertThat(point.currency()).isEqualTo("USD");
        assertThat(point.shares().getFirst().type()).isEqualTo("aws_db_instance");
        assertThat(point.shares().stream().map(CostShare::monthly).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isCloseTo(point.monthly(), Offset.offset(new BigDecimal("0.01")));
        Await.value(
                "the project's gauge",
                PATIENCE,
                () -> Optional.of(RestAssured.get("/q/metrics").asString())
                        .filter(
                                metrics -> metrics.contains(
                                        "terrafleet_cost_project_monthly{currency=\"USD\",organization=\"acme\",project=\"shop\"} 2133.03")));
        assertThat(history.others("acme", "prj-1", "ws-2222222222222222").project())
                .isEqualByComparingTo("2133.03");
        assertThat(history.others("acme", "prj-1", RunEvents.WORKSPACE).organization())
                .isZero();

        ask(new WorkspaceForgotten(new WorkspaceId(RunEvents.WORKSPACE), Instant.parse("2026-05-05T00:00:00Z")));
        Await.value("the workspace is forgotten", PATIENCE, () -> Optional.of(
                        history.others("acme", "prj-1", "ws-2222222222222222").project())
                .filter(cost -> cost.signum() == 0));
        assertThat(heard.stream().filter(record -> record.key().equals(RunEvents.WORKSPACE)))
                .hasSize(1);
    }

    @Test
    void anUploadedListIsUsedAtOnceAndAnOlderOneWhenItIsSwitchedOff() throws Exception {
        PlanCompleted dear = stored(Plans.bytes("01-web-app.json"));
        byte[] list = offer("m6i.large", "9.60");
        ArtifactRef content = RunEvents.artifact(list);
        api.store(content.id(), list);

        ask(new PriceListUploaded("plist-1111111111111111", content, Instant.EPOCH));
        PriceListTaken taken = (PriceListTaken) report("plist-1111111111111111", PriceListTaken.class);
        assertThat(taken.name()).isEqualTo("AmazonEC2");
        assertThat(taken.published()).isEqualTo("2026-10-01");
        assertThat(taken.regions()).containsExactly("us-east-1");
        assertThat(taken.prices()).isEqualTo(1);
        send(dear);
        assertThat(decision(dear).proposedMonthly()).isGreaterThan(new BigDecimal("1348.45"));

        ask(new PriceListSwitched("plist-1111111111111111", false, Instant.EPOCH));
        Await.value("the shipped prices are back", PATIENCE, () -> Optional.of(prices.book())
                .filter(shipped::equals));
        PlanCompleted again = stored(Plans.bytes("01-web-app.json"));
        send(again);
        assertThat(decision(again).proposedMonthly()).isEqualByComparingTo("1348.45");
    }

    @Test
    void aBrokenListIsRefusedWhole() throws Exception {
        byte[] list = offer("m5.large", "-1");
        ArtifactRef content = RunEvents.artifact(list);
        api.store(content.id(), list);

        ask(new PriceListUploaded("plist-2222222222222222", content, Instant.EPOCH));

        PriceListRefused refused = (PriceListRefused) report("plist-2222222222222222", PriceListRefused.class);
        assertThat(refused.reason()).contains("negative");
    }

    @Test
    void whatIsKnownOfTheUseCountsAndTheLaterFileFirst() throws Exception {
        PlanCompleted plain = stored(Plans.bytes("01-web-app.json"));
        ArtifactRef company =
                usage("resource_type_default_usage:\n  aws_s3_bucket:\n    standard:\n      storage_gb: 1000\n");
        ArtifactRef workspace =
                usage("resource_type_default_usage:\n  aws_s3_bucket:\n    standard:\n      storage_gb: 2000\n");
        PlanCompleted used = RunEvents.used(stored(Plans.bytes("01-web-app.json")), company, workspace);
        send(plain);
        send(used);

        BigDecimal more =
                decision(used).proposedMonthly().subtract(decision(plain).proposedMonthly());
        long buckets = decision(used).items().stream()
                .filter(item -> item.type().equals("aws_s3_bucket"))
                .count();
        assertThat(buckets).isPositive();
        assertThat(more).isEqualByComparingTo(new BigDecimal("46.00").multiply(BigDecimal.valueOf(buckets)));
    }

    private ArtifactRef usage(String yaml) {
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        ArtifactRef usage = RunEvents.artifact(bytes);
        api.store(usage.id(), bytes);
        return usage;
    }

    /** An AWS offer file of one instance type. */
    private static byte[] offer(String type, String price) {
        return """
                {"formatVersion":"v1.0","offerCode":"AmazonEC2","version":"20261001000000",
                 "publicationDate":"2026-10-01T00:00:00Z",
                 "products":{"SKU1":{"sku":"SKU1","productFamily":"Compute Instance","attributes":{
                   "servicecode":"AmazonEC2","location":"US East (N. Virginia)","regionCode":"us-east-1",
                   "instanceType":"%s","tenancy":"Shared","operatingSystem":"Linux","preInstalledSw":"NA",
                   "capacitystatus":"Used","licenseModel":"No License required","operation":"RunInstances",
                   "usagetype":"BoxUsage:%s","marketoption":"OnDemand"}}},
                 "terms":{"OnDemand":{"SKU1":{"SKU1.JRTCKXETXF":{"offerTermCode":"JRTCKXETXF","sku":"SKU1",
                   "effectiveDate":"2026-10-01T00:00:00Z","priceDimensions":{"SKU1.JRTCKXETXF.6YS6EN2CT7":{
                   "rateCode":"SKU1.JRTCKXETXF.6YS6EN2CT7","beginRange":"0","endRange":"Inf","unit":"Hrs",
                   "pricePerUnit":{"USD":"%s"},"appliesTo":[]}},"termAttributes":{}}}}}}
                """
                .formatted(type, type, price)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void ask(CostRequest request) throws Exception {
        ProducerRecord<String, byte[]> record = record(
                null,
                request.key(),
                UUID.randomUUID().toString(),
                FactCodec.typeOf(request.getClass()),
                FactCodec.write(request));
        producer.send(new ProducerRecord<>(
                        Topic.COST_REQUESTS.kafkaName(), null, record.key(), record.value(), record.headers()))
                .get();
    }

    private Fact report(String key, Class<? extends Fact> type) {
        ConsumerRecord<String, byte[]> record = Await.value("a report on " + key, PATIENCE, () -> {
            consumer.poll(Duration.ofMillis(50)).forEach(heard::add);
            return heard.stream()
                    .filter(one -> one.topic().equals(Topic.COST_REPORTS.kafkaName()))
                    .filter(one -> one.key().equals(key) && typeOf(one).equals(FactCodec.typeOf(type)))
                    .findFirst();
        });
        return FactCodec.read(typeOf(record), record.value()).orElseThrow();
    }

    private static String typeOf(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }

    private void finish(RunFinished run, String id) throws Exception {
        producer.send(record(null, run.run().value(), id, FactCodec.typeOf(run.getClass()), FactCodec.write(run)))
                .get();
    }

    private PlanCompleted stored(byte[] json, Budget... budgets) {
        PlanCompleted plan = RunEvents.planCompleted(json, List.of(), budgets);
        api.store(plan.plan().id(), json);
        return plan;
    }

    private void send(PlanCompleted plan) throws Exception {
        send(plan, UUID.randomUUID().toString(), FactCodec.typeOf(plan.getClass()), FactCodec.write(plan));
    }

    private void send(PlanCompleted plan, String id, String type, byte[] value) throws Exception {
        producer.send(record(null, plan.run().value(), id, type, value)).get();
    }

    private void sendOnPartitionOf(PlanCompleted before, PlanCompleted plan) throws Exception {
        int partition = Math.floorMod(
                org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(
                        before.run().value().getBytes(StandardCharsets.UTF_8))),
                producer.partitionsFor(Topic.RUN_EVENTS.kafkaName()).size());
        String type = FactCodec.typeOf(plan.getClass());
        producer.send(record(partition, plan.run().value(), UUID.randomUUID().toString(), type, FactCodec.write(plan)))
                .get();
    }

    private static ProducerRecord<String, byte[]> record(
            @org.jspecify.annotations.Nullable Integer partition, String key, String id, String type, byte[] value) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.RUN_EVENTS.kafkaName(), partition, key, value);
        record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_source", "/terrafleet/api".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private CostDecided decision(PlanCompleted plan) {
        ConsumerRecord<String, byte[]> record = Await.value(
                "the decision on " + plan.run(), PATIENCE, () -> hear(Topic.COST_DECISIONS.kafkaName(), plan));
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        return (CostDecided) FactCodec.read(type, record.value()).orElseThrow();
    }

    private Optional<ConsumerRecord<String, byte[]>> hear(String topic, PlanCompleted plan) {
        consumer.poll(Duration.ofMillis(50)).forEach(heard::add);
        return heard.stream()
                .filter(record -> record.topic().equals(topic))
                .filter(record -> record.key().equals(plan.run().value()))
                .findFirst();
    }

    private String row(PlanCompleted plan, String column) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select " + column + " from estimate where run_id = ?")) {
            select.setString(1, plan.run().value());
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }
}

package io.terrafleet.messaging;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Sends what lies in the outbox, oldest first. One relay per service works at a time, under an advisory lock; the others stand by.
 * There is no cursor (a cursor skips rows that commit late): a row goes once the broker has acknowledged it, so a crash in between
 * sends it twice and the readers' inboxes drop the second. {@code NOTIFY} wakes it at once, a slow poll is the safety net.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 200;
    private static final int POLL_MILLIS = 1_000;
    /** After something was sent: more often comes soon, and takes the rows of what was sent along. */
    private static final int LINGER_MILLIS = 50;

    /** Between two looks when much is to be sent: a broker is far busier with many small requests than with few larger ones. */
    private static final int PACE_MILLIS = 20;

    private static final String NEXT = "with gone as (delete from outbox where id = any (?))"
            + " select id, event_id, topic, key, type, value, error, created_at from outbox"
            + " where id <> all (?) order by id limit " + BATCH;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(20);

    private final String service;
    private final DataSource dataSource;
    private final Map<String, Object> kafka;
    private final Inbox inbox;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final Thread thread;

    OutboxRelay(String service, DataSource dataSource, Map<String, Object> kafka, Inbox inbox) {
        this.service = service;
        this.dataSource = dataSource;
        this.kafka = Map.copyOf(kafka);
        this.inbox = inbox;
        this.thread =
                Thread.ofPlatform().daemon().name("outbox-relay-" + service).unstarted(this::run);
    }

    static String channel(String service) {
        return "outbox_" + service.replace('-', '_');
    }

    void start() {
        running.set(true);
        thread.start();
    }

    /** For tests of bad weather: what is written stays until {@link #resume}. */
    public void pause() {
        paused.set(true);
    }

    public void resume() {
        paused.set(false);
    }

    /** False while the database or the broker refuses; the relay goes on trying. */
    public boolean isHealthy() {
        return healthy.get();
    }

    @Override
    public void close() {
        running.set(false);
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int failures = 0;
        while (running.get()) {
            try (Producer<String, byte[]> producer = producer()) {
                while (running.get()) {
                    relay(producer);
                    failures = 0;
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
                if (!running.get()) {
                    return;
                }
                healthy.set(false);
                failures++;
                LOG.warnf("outbox of %s: %s; trying again", service, e);
                if (!sleep(Math.min(5_000, 100L << Math.min(failures, 6)))) {
                    return;
                }
            }
        }
    }

    private void relay(Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            if (!tryLock(connection)) {
                healthy.set(true);
                Thread.sleep(POLL_MILLIS);
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("set synchronous_commit = off");
                statement.execute("listen " + channel(service));
                acknowledged = List.of();
                while (running.get()) {
                    pass(connection, producer);
                }
            } finally {
                tidy(connection);
                release(connection);
            }
        }
    }

    private void pass(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        sweepNowAndThen(connection);
        boolean rests = paused.get();
        if (!rests) {
            acknowledged = publish(connection, producer);
        }
        healthy.set(true);
        if (rests || acknowledged.size() < BATCH) {
            if (!acknowledged.isEmpty()) {
                Thread.sleep(PACE_MILLIS);
            }
            int patience = rests || acknowledged.isEmpty() ? POLL_MILLIS : LINGER_MILLIS;
            Calls.await(connection, patience);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private long nextSweep;
    /** Sent, and still in the outbox: they go when it is next looked into. */
    private List<Long> acknowledged = List.of();

    private void sweepNowAndThen(Connection connection) throws SQLException {
        if (System.nanoTime() - nextSweep >= 0) {
            inbox.sweep(connection);
            nextSweep = System.nanoTime() + SWEEP_EVERY.toNanos();
        }
    }

    /** So that the next relay does not send again what was sent; when this fails, it does, and the readers drop it. */
    private void tidy(Connection connection) {
        try (PreparedStatement delete = connection.prepareStatement("delete from outbox where id = any (?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", acknowledged.toArray()));
            delete.executeUpdate();
            acknowledged = List.of();
        } catch (SQLException e) {
            LOG.debugf(e, "outbox of %s: what was sent stays and is sent again", service);
        }
    }

    private boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, channel(service));
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** The connection goes back to a pool: leave nothing on it. */
    private void release(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten *");
            statement.execute("select pg_advisory_unlock_all()");
            statement.execute("reset synchronous_commit");
        } catch (SQLException e) {
            LOG.debugf(e, "outbox of %s: the connection is gone, and its lock with it", service);
        }
    }

    private List<Long> publish(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        List<Long> ids = new ArrayList<>();
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            Array gone = connection.createArrayOf("bigint", acknowledged.toArray());
            statement.setArray(1, gone);
            statement.setArray(2, gone);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong("id"));
                    acknowledgements.add(producer.send(record(row)));
                }
            }
        }
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            acknowledgement.get(BROKER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return ids;
    }

    private ProducerRecord<String, byte[]> record(ResultSet row) throws SQLException {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(row.getString("topic"), row.getString("key"), row.getBytes("value"));
        Instant time = row.getObject("created_at", OffsetDateTime.class).toInstant();
        Envelope.headers(
                        row.getString("event_id"),
                        row.getString("type"),
                        "/terrafleet/" + service,
                        time.toString(),
                        row.getString("key"))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        String error = row.getString("error");
        if (error != null) {
            record.headers().add("terrafleet_error", error.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private Producer<String, byte[]> producer() {
        Map<String, Object> config = new java.util.HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "outbox-" + service);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}

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
import org.postgresql.PGConnection;

/**
 * Sends what lies in the outbox, oldest first. One relay per service works at a time, under an advisory lock; the others stand by.
 * There is no cursor (a cursor skips rows that commit late): a row goes when the broker has acknowledged it, so a crash in between
 * sends it twice and the readers' inboxes drop the second. {@code NOTIFY} wakes it at once, a slow poll is the safety net.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 200;
    private static final int POLL_MILLIS = 1_000;
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
                while (running.get()) {
                    pass(connection, producer);
                }
            } finally {
                release(connection);
            }
        }
    }

    private void pass(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        sweepNowAndThen(connection);
        int sent = paused.get() ? 0 : publish(connection, producer);
        healthy.set(true);
        if (sent < BATCH) {
            connection.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private long nextSweep;

    private void sweepNowAndThen(Connection connection) throws SQLException {
        if (System.nanoTime() - nextSweep >= 0) {
            inbox.sweep(connection);
            nextSweep = System.nanoTime() + SWEEP_EVERY.toNanos();
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

    private int publish(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, TimeoutException, InterruptedException {
        List<Long> ids = new ArrayList<>();
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        String select = "select id, event_id, topic, key, type, value, error, created_at from outbox order by id limit "
                + BATCH;
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong("id"));
                acknowledgements.add(producer.send(record(row)));
            }
        }
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            acknowledgement.get(BROKER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!ids.isEmpty()) {
            delete(connection, ids);
        }
        return ids.size();
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

    private static void delete(Connection connection, List<Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from outbox where id = any (?)")) {
            Array array = connection.createArrayOf("bigint", ids.toArray());
            statement.setArray(1, array);
            statement.executeUpdate();
        }
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

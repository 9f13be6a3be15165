package io.terrafleet.messaging;

import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where a door puts what it has to say. Call inside the transaction that makes it true: both happen, or neither. */
public final class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final String service;
    private final DataSource dataSource;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    Outbox(String service, DataSource dataSource, InstantSource clock, Supplier<UUID> ids) {
        this.service = service;
        this.dataSource = dataSource;
        this.clock = clock;
        this.ids = ids;
    }

    public void add(Fact fact) {
        insert(
                ids.get(),
                Topic.of(fact).kafkaName(),
                fact.key(),
                FactCodec.typeOf(fact.getClass()),
                FactCodec.write(fact),
                null);
    }

    /** A record that could not be handled goes to its dead-letter topic as it came, with the reason beside it. */
    void addDead(String topic, String key, String type, byte[] value, String error) {
        insert(ids.get(), topic, key, type, value, error);
    }

    /** Whether the database cannot be asked anything now. */
    boolean isAway() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement question = connection.prepareStatement("select 1");
                ResultSet answer = question.executeQuery()) {
            return !answer.next();
        } catch (SQLException e) {
            LOG.debugf(e, "the database of %s is away", service);
            return true;
        }
    }

    /** Facts that wait for the broker. */
    long waiting() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count = connection.prepareStatement("select count(*) from outbox");
                ResultSet rows = count.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new MessagingFailure("cannot count the outbox of " + service, e);
        }
    }

    /** How long the eldest of them waits already, in seconds. */
    double oldestSeconds() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select min(created_at) from outbox");
                ResultSet rows = select.executeQuery()) {
            OffsetDateTime oldest = rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
            return oldest == null
                    ? 0
                    : Math.max(
                            0,
                            Duration.between(oldest.toInstant(), clock.instant())
                                            .toMillis()
                                    / 1e3);
        } catch (SQLException e) {
            throw new MessagingFailure("cannot look at the outbox of " + service, e);
        }
    }

    private void insert(UUID id, String topic, String key, String type, byte[] value, @Nullable String error) {
        String insert = "with told as (insert into outbox (event_id, topic, key, type, value, error, created_at)"
                + " values (?, ?, ?, ?, ?, ?, ?) returning id) select pg_notify(?, '') from told";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setObject(1, id);
            row.setString(2, topic);
            row.setString(3, key);
            row.setString(4, type);
            row.setBytes(5, value);
            row.setString(6, error);
            row.setObject(7, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            row.setString(8, OutboxRelay.channel(service));
            row.execute();
        } catch (SQLException e) {
            throw new MessagingFailure("cannot write to the outbox of " + service, e);
        }
    }
}

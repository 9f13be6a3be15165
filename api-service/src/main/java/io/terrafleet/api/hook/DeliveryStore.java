package io.terrafleet.api.hook;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The two statements that stand between a delivery and its answer; in plain JDBC, as hundreds come in a second and each host waits. */
@Singleton
class DeliveryStore {
    private static final String WEBHOOK = "select w.client_id, w.sealed_secret, c.service_provider from webhook w"
            + " join oauth_client c on c.id = w.client_id where w.id = ?";

    private static final String TAKEN =
            "select id, delivery, false from webhook_delivery where webhook_id = ? and state <> 'refused' and ";
    /** By its name, or else by its content; the index of names decides between two who bring it at the same moment. */
    private static final String KEEP = "with known as ((" + TAKEN + "delivery = ?) union all (" + TAKEN
            + "body_sha256 = ? and ?) limit 1),"
            + " added as (insert into webhook_delivery (id, webhook_id, delivery, event, repository, body_sha256,"
            + " sealed_body, size, state, note, received_at) select ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?"
            + " where not exists (select 1 from known) on conflict do nothing returning id)"
            + " select id, delivery, false from known union all select id, '', true from added";

    private static final String NAMED = TAKEN + "delivery = ?";
    /** A foreign key that leads nowhere, by PostgreSQL's documentation of error codes. */
    private static final String WEBHOOK_IS_GONE = "23503";

    private final AgroalDataSource dataSource;

    DeliveryStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What a delivery is held against. */
    @SuppressWarnings("ArrayRecordComponent")
    record Secret(String clientId, byte[] sealed, String provider) {
        @Override
        public String toString() {
            return clientId;
        }
    }

    /**
     * What became of a delivery.
     *
     * @param id its own, or that of the one that came before
     * @param delivery what its host called the one before
     * @param fresh whether none came before
     */
    record Kept(String id, String delivery, boolean fresh) {}

    Optional<Secret> webhook(String id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(WEBHOOK)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Secret(row.getString(1), row.getBytes(2), row.getString(3)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the webhook cannot be read", e);
        }
    }

    /**
     * Keeps it, unless it was taken before.
     *
     * @param byBody whether the same content under another name was taken before too
     * @return empty when its webhook is gone
     */
    Optional<Kept> keep(DeliveryEntity row, boolean byBody) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement keep = connection.prepareStatement(KEEP)) {
            keep.setString(1, row.webhookId);
            keep.setString(2, row.delivery);
            keep.setString(3, row.webhookId);
            keep.setString(4, row.bodySha256);
            keep.setBoolean(5, byBody);
            bind(keep, row);
            Optional<Kept> kept = first(keep);
            return kept.isPresent() ? kept : atTheSameMoment(connection, row);
        } catch (SQLException e) {
            if (WEBHOOK_IS_GONE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw new IllegalStateException("the delivery cannot be kept", e);
        }
    }

    /** Somebody brought it a moment before, and it was not to be seen yet. */
    private static Optional<Kept> atTheSameMoment(Connection connection, DeliveryEntity row) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NAMED)) {
            select.setString(1, row.webhookId);
            select.setString(2, row.delivery);
            return first(select);
        }
    }

    private static void bind(PreparedStatement keep, DeliveryEntity row) throws SQLException {
        keep.setString(6, row.id);
        keep.setString(7, row.webhookId);
        keep.setString(8, row.delivery);
        keep.setString(9, row.event);
        keep.setString(10, row.repository);
        keep.setString(11, row.bodySha256);
        keep.setBytes(12, row.sealedBody);
        keep.setInt(13, row.size);
        keep.setString(14, row.state);
        keep.setObject(15, OffsetDateTime.ofInstant(row.receivedAt, ZoneOffset.UTC));
    }

    private static Optional<Kept> first(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Kept(row.getString(1), row.getString(2), row.getBoolean(3)))
                    : Optional.empty();
        }
    }
}

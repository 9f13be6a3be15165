package io.terrafleet.cost.pricelist;

import io.terrafleet.cost.offer.KeptRows;
import io.terrafleet.cost.offer.Offer;
import io.terrafleet.cost.price.PriceRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The rows of price lists. */
public final class PriceListStore {
    private static final String INSERT =
            """
            insert into price_list (id, name, version, published, regions, currencies, prices, products, taken_at, content)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
            """;

    private static final String USED = "select id, content from price_list where used order by published, taken_at, id";

    private final DataSource dataSource;

    public PriceListStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Moves with every change of what is to be used. */
    long revision() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select revision from price_book");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the revision of the price book cannot be read", e);
        }
    }

    /** Gives the prices of every list in use, the oldest first. */
    void used(Consumer<List<PriceRow>> prices) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(USED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                prices.accept(KeptRows.read(
                        new ByteArrayInputStream(row.getBytes("content")), "price list " + row.getString("id")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the price lists cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a kept price list cannot be unpacked", e);
        }
    }

    /** Call inside a transaction. */
    void put(String id, Offer offer, Instant takenAt) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(INSERT)) {
            row.setString(1, id);
            row.setString(2, offer.name());
            row.setString(3, offer.version());
            row.setObject(4, offer.published());
            row.setArray(5, connection.createArrayOf("text", offer.regions().toArray()));
            row.setArray(6, connection.createArrayOf("text", offer.currencies().toArray()));
            row.setLong(7, offer.rows().size());
            row.setLong(8, offer.products());
            row.setObject(9, OffsetDateTime.ofInstant(takenAt, ZoneOffset.UTC));
            row.setBytes(10, content(offer));
            row.executeUpdate();
            move(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("price list " + id + " cannot be stored", e);
        }
    }

    /** Call inside a transaction. */
    void use(String id, boolean used) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement("update price_list set used = ? where id = ?")) {
            row.setBoolean(1, used);
            row.setString(2, id);
            row.executeUpdate();
            move(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("price list " + id + " cannot be switched", e);
        }
    }

    private static void move(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update price_book set revision = revision + 1")) {
            update.executeUpdate();
        }
    }

    private static byte[] content(Offer offer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeptRows.write(bytes, offer.rows());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

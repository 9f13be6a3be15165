package io.terrafleet.testkit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A database of its own, as an earlier version left it, that is then migrated as the service does it at its start. */
public final class OlderDatabase implements AutoCloseable {
    private final String schema;
    private final String server;
    private final String name;
    private final String user;
    private final String password;
    private final AgroalDataSource dataSource;

    /**
     * @param schema a service's, which is called as the directory of its migrations
     * @param version of the last migration that it had
     */
    public OlderDatabase(String schema, String name, String version) {
        this.schema = schema;
        Map<String, String> embedded = EmbeddedServers.configuration();
        this.server = embedded.getOrDefault("platform.database.url", "");
        this.name = name;
        this.user = embedded.getOrDefault("platform.database.username", "");
        this.password = embedded.getOrDefault("platform.database.password", "");
        onServer("drop database if exists " + name + " with (force)");
        onServer("create database " + name);
        migrate(version);
        this.dataSource = open();
    }

    private String url() {
        return server.substring(0, server.lastIndexOf('/') + 1) + name;
    }

    private void onServer(String sql) {
        try (Connection connection = DriverManager.getConnection(server, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(url(), user, password)
                .locations("db/messaging", "db/" + schema)
                .schemas(schema)
                .target(version)
                .load()
                .migrate();
    }

    /** To this version. */
    public void migrateToLatest() {
        migrate("latest");
    }

    private AgroalDataSource open() {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(4)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .connectionFactoryConfiguration(
                                    factory -> factory.jdbcUrl(url() + "?currentSchema=" + schema)
                                            .principal(new NamePrincipal(user))
                                            .credential(new SimplePassword(password)))));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public AgroalDataSource dataSource() {
        return dataSource;
    }

    /** Statements as an earlier version writes them. */
    public void run(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of the first row. */
    public String value(String select) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new AssertionError(select, e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        onServer("drop database " + name + " with (force)");
    }
}

package io.terrafleet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.event.Topic;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedServersIT {

    @Test
    void oneBrokerAndOneDatabaseServeTheWholeJvm() throws Exception {
        Map<String, String> first = new PlatformResource().start();
        assertThat(new PlatformResource().start()).isEqualTo(first);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.get("kafka.bootstrap.servers")))) {
            assertThat(admin.listTopics().names().get())
                    .contains(Topic.RUN_EVENTS.kafkaName(), Topic.RUN_EVENTS.deadLetterName());
        }
        try (var connection = DriverManager.getConnection(
                first.get("platform.database.url"),
                first.get("platform.database.username"),
                first.get("platform.database.password"))) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }
}

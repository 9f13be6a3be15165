package io.terrafleet.api.secret;

import java.util.List;

/**
 * Where sealed values lie.
 *
 * @param table in {@link #ALL} it may have parts; a pass goes through columns of tables that have none
 */
record SealedColumn(String table, String column) {
    /** All of them; a test compares them with the database. */
    static final List<SealedColumn> ALL = List.of(
            new SealedColumn("secret_proof", "sealed"),
            new SealedColumn("site_setting", "sealed"),
            new SealedColumn("identity_key", "sealed_key"),
            new SealedColumn("oauth_client", "sealed_secret"),
            new SealedColumn("oauth_token", "sealed_token"),
            new SealedColumn("oauth_token", "sealed_ssh_key"),
            new SealedColumn("ssh_key", "sealed"),
            new SealedColumn("variable", "sealed"),
            new SealedColumn("policy_set_parameter", "sealed_value"),
            new SealedColumn("notification_configuration", "sealed_token"),
            new SealedColumn("run_task", "sealed_key"),
            new SealedColumn("webhook", "sealed_secret"),
            new SealedColumn("webhook_delivery", "sealed_body"),
            new SealedColumn("run", "variables"),
            new SealedColumn("artifact", "sealed_key"),
            new SealedColumn("artifact", "sealed_content"),
            new SealedColumn("state_version_output", "sealed_value"),
            new SealedColumn("log_piece", "content"),
            new SealedColumn("webhook_farewell", "sealed_token"));
}

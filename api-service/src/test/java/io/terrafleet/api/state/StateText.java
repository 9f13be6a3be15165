package io.terrafleet.api.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** State files for tests. */
final class StateText {
    private StateText() {}

    /** One managed instance of a null resource, a plain and a sensitive output. */
    static byte[] of(long serial, String lineage) {
        return of(serial, lineage, "plain");
    }

    static byte[] of(long serial, String lineage, String value) {
        return """
                {
                  "version": 4,
                  "terraform_version": "1.11.4",
                  "serial": %d,
                  "lineage": "%s",
                  "outputs": {
                    "greeting": {"value": "%s", "type": "string"},
                    "password": {"value": "hunter2", "type": "string", "sensitive": true},
                    "sizes": {"value": [1.50, 2], "type": ["tuple", ["number", "number"]]}
                  },
                  "resources": [
                    {"mode": "managed", "type": "null_resource", "name": "a",
                     "provider": "provider[\\"registry.terraform.io/hashicorp/null\\"]",
                     "instances": [{"schema_version": 0, "attributes": {"id": "1"}}]},
                    {"module": "module.net", "mode": "data", "type": "null_data_source", "name": "b",
                     "provider": "provider[\\"registry.terraform.io/hashicorp/null\\"]", "instances": [{}, {}]}
                  ],
                  "check_results": null
                }
                """
                .formatted(serial, lineage, value)
                .getBytes(StandardCharsets.UTF_8);
    }

    static String md5(byte[] state) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(state));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

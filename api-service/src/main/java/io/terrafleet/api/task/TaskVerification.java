package io.terrafleet.api.task;

import io.terrafleet.api.outbound.Outbound;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a task's address once, with a payload of stage {@code test}, before a task is kept with it: it must answer 200. */
@ApplicationScoped
class TaskVerification {
    private final Outbound outbound;

    TaskVerification(Outbound outbound) {
        this.outbound = outbound;
    }

    /** Call it outside a transaction: the other side takes its time. */
    void require(String url, String key, String organizationName) {
        outbound.fault(url).ifPresent(fault -> {
            throw Problem.invalid("url", "Url " + fault);
        });
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("payload_version", 1);
        payload.put("stage", "test");
        payload.put("access_token", "test-token");
        payload.put("organization_name", organizationName);
        byte[] body = Json.write(payload);
        Outbound.Answer answer = outbound.post(
                url,
                Map.of("Content-Type", "application/json", TaskSignature.HEADER, TaskSignature.of(key, body)),
                body);
        if (!answer.ok()) {
            throw Problem.invalid(
                    "url",
                    "Url could not be verified: " + answer.words()
                            + "; a run task must answer 200 to a request of stage" + " \"test\"");
        }
    }
}

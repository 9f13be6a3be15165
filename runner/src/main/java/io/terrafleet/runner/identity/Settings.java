package io.terrafleet.runner.identity;

import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code TFC_*} environment variables of a workspace that say how a configuration of a cloud is to be used. */
final class Settings {
    private final Map<String, String> environment = new HashMap<>();
    private final String phase;

    Settings(Claim claim) {
        claim.variables().stream()
                .filter(variable -> variable.category().equals("env"))
                .forEach(variable -> environment.put(variable.key(), variable.value()));
        this.phase = claim.job().phase() == Phase.PLAN ? "PLAN" : "APPLY";
    }

    /** {@code TFC_NAME}, with {@code _TAG} behind it for a tagged configuration, else what {@code TFC_DEFAULT_NAME} says. */
    Optional<String> find(String name, String tag) {
        String own = tag.isEmpty() ? "TFC_" + name : "TFC_" + name + "_" + tag;
        return Optional.ofNullable(environment.get(own))
                .or(() ->
                        tag.isEmpty() ? Optional.empty() : Optional.ofNullable(environment.get("TFC_DEFAULT_" + name)))
                .filter(text -> !text.isBlank());
    }

    String required(String name, String tag) {
        return find(name, tag).orElseThrow(() -> missing("TFC_" + name, tag));
    }

    /** What holds for this phase only, else what holds for the whole run: {@code TFC_AWS_PLAN_ROLE_ARN}, {@code TFC_AWS_RUN_ROLE_ARN}. */
    String ofPhase(String cloud, String name, String tag) {
        return find(cloud + "_" + phase + "_" + name, tag)
                .or(() -> find(cloud + "_RUN_" + name, tag))
                .orElseThrow(() -> missing("TFC_" + cloud + "_RUN_" + name, tag));
    }

    private static IllegalArgumentException missing(String name, String tag) {
        String whole = tag.isEmpty() ? name : name + "_" + tag;
        return new IllegalArgumentException(
                "dynamic credentials are switched on, and the environment variable " + whole + " is not set");
    }
}

package io.terrafleet.contracts.runner;

import java.util.Arrays;
import java.util.Locale;

/** The files that a plan leaves for later. */
public enum RunArtifact {
    /** What {@code terraform plan -out} wrote. */
    PLAN,
    /** {@code terraform show -json} of the plan, verbatim: holds sensitive values. */
    PLAN_JSON,
    /** The same with every sensitive value replaced; what people are shown. */
    PLAN_JSON_REDACTED,
    /** A tar.gz of files in the working directory that the plan made or changed, the dependency lock file among them. */
    WORKDIR;

    /** {@code plan}, {@code plan-json}, {@code plan-json-redacted} or {@code workdir}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static RunArtifact of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown artifact \"" + word + "\": expected plan, plan-json, plan-json-redacted or workdir"));
    }
}

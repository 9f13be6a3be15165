package io.terrafleet.api.organization;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.Span;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a site administrator may set of {@link OrganizationLimits}; what is absent stays as it is.
 *
 * @param workspaces 0 takes the limit away
 * @param runs 0 takes the limit away
 * @param planTimeout zero takes it away
 * @param applyTimeout zero takes it away
 */
public record OrganizationLimitSettings(
        Optional<Boolean> disabled,
        Optional<Integer> workspaces,
        Optional<Integer> runs,
        Optional<Boolean> sharesModules,
        Optional<Boolean> sharesProviders,
        Optional<Boolean> betaTools,
        Optional<Duration> planTimeout,
        Optional<Duration> applyTimeout) {
    private static final int MOST_WORKSPACES = 1_000_000;
    private static final int MOST_RUNS = 10_000;

    public static OrganizationLimitSettings read(RequestDocument document) {
        if (document.flag("terraform-worker-sudo-enabled").orElse(false)) {
            throw Problem.invalid(
                    "terraform-worker-sudo-enabled",
                    "Terraform worker sudo enabled can only be false: runs never have root");
        }
        return new OrganizationLimitSettings(
                document.flag("is-disabled"),
                limit(document, "workspace-limit", MOST_WORKSPACES),
                limit(document, "run-limit", MOST_RUNS),
                document.flag("global-module-sharing"),
                document.flag("global-provider-sharing"),
                document.flag("access-beta-tools"),
                span(document, "terraform-build-worker-plan-timeout", "plan-timeout"),
                span(document, "terraform-build-worker-apply-timeout", "apply-timeout"));
    }

    private static Optional<Integer> limit(RequestDocument document, String attribute, int most) {
        if (document.isNull(attribute)) {
            return Optional.of(0);
        }
        Optional<Long> limit = document.integer(attribute);
        limit.filter(number -> number < 1 || number > most).ifPresent(number -> {
            String name = attribute.substring(0, 1).toUpperCase(Locale.ROOT)
                    + attribute.substring(1).replace('-', ' ');
            throw Problem.invalid(attribute, name + " must be from 1 to " + most + ", or null");
        });
        return limit.map(Math::toIntExact);
    }

    private static Optional<Duration> span(RequestDocument document, String name, String shorter) {
        String attribute = document.has(name) ? name : shorter;
        if (document.isNull(attribute)) {
            return Optional.of(Duration.ZERO);
        }
        return document.text(attribute, 20).map(text -> text.isEmpty() ? Duration.ZERO : Span.parse(attribute, text));
    }
}

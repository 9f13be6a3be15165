package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.AccessConfig;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunConfig;
import io.terrafleet.api.setting.General;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.api.setting.Span;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What holds for all organizations. A wish for what this platform does not do is refused, not stored. */
@Path("/api/v2/admin/general-settings")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminGeneralSettingResource {
    /** As TFE has them where nobody has said otherwise. */
    private static final int USUAL_RATE = 30;

    private static final int USUAL_CEILING = 10;
    private static final int MOST = 1_000_000;

    private final Settings settings;
    private final AccessConfig access;
    private final RunConfig runs;
    private final Grants grants;
    private final Caller caller;

    AdminGeneralSettingResource(Settings settings, AccessConfig access, RunConfig runs, Grants grants, Caller caller) {
        this.settings = settings;
        this.access = access;
        this.runs = runs;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    public Response show() {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(view(settings.general()));
    }

    @PATCH
    public Response change(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument request = RequestDocument.read(body);
        requireServed(request);
        settings.set(changed(settings.general(), request));
        return Documents.ok(view(settings.general()));
    }

    private static void requireServed(RequestDocument request) {
        for (String attribute : List.of(
                "send-passing-statuses-for-untriggered-speculative-plans",
                "allow-speculative-plans-on-pull-requests-from-forks",
                "require-two-factor-for-admins",
                "fair-run-queuing-enabled")) {
            if (request.flag(attribute).orElse(false)) {
                throw Problem.invalid(
                        attribute, "This setting can only be false: there is nothing here that it would change");
            }
        }
    }

    private General changed(General now, RequestDocument request) {
        return new General(
                request.flag("limit-user-organization-creation").orElse(now.limitOrganizationCreation()),
                rate(now, request),
                ceiling(
                        request,
                        "limit-organizations-per-user",
                        "default-organizations-per-user-ceiling",
                        now.organizationsPerUser()),
                ceiling(
                        request,
                        "limit-workspaces-per-organization",
                        "default-workspaces-per-organization-ceiling",
                        now.workspacesPerOrganization()),
                span(request, "terraform-build-worker-plan-timeout", now.planTimeout()),
                span(request, "terraform-build-worker-apply-timeout", now.applyTimeout()),
                request.flag("default-remote-state-access").orElse(now.sharesState()));
    }

    /** Off is 0; on without a figure is the usual one. */
    private Optional<Integer> rate(General now, RequestDocument request) {
        Optional<Boolean> on = request.flag("api-rate-limiting-enabled");
        Optional<Integer> figure = number(request, "api-rate-limit");
        if (on.isEmpty() && figure.isEmpty()) {
            return now.requestsPerSecond();
        }
        int before = now.requestsPerSecond().orElse(access.requestsPerSecond());
        if (!on.orElse(before > 0)) {
            return Optional.of(0);
        }
        return Optional.of(figure.orElse(before > 0 ? before : USUAL_RATE));
    }

    private static Optional<Integer> ceiling(
            RequestDocument request, String limit, String ceiling, Optional<Integer> now) {
        Optional<Boolean> on = request.flag(limit);
        Optional<Integer> figure = number(request, ceiling);
        if (!on.orElse(now.isPresent())) {
            return Optional.empty();
        }
        return Optional.of(figure.or(() -> now).orElse(USUAL_CEILING));
    }

    private static Optional<Integer> number(RequestDocument request, String attribute) {
        return request.integer(attribute).map(value -> {
            if (value < 1 || value > MOST) {
                throw Problem.invalid(attribute, attribute + " must be from 1 to " + MOST);
            }
            return Math.toIntExact(value);
        });
    }

    private static Optional<Duration> span(RequestDocument request, String attribute, Optional<Duration> now) {
        if (request.isNull(attribute)) {
            return Optional.empty();
        }
        return request.text(attribute, 20)
                .map(text -> Span.parse(attribute, text))
                .or(() -> now);
    }

    private Resource view(General general) {
        int rate = general.requestsPerSecond().orElse(access.requestsPerSecond());
        return Resource.of("general-settings", "general-settings")
                .with("limit-user-organization-creation", general.limitOrganizationCreation())
                .with("api-rate-limiting-enabled", rate > 0)
                .with("api-rate-limit", rate > 0 ? rate : USUAL_RATE)
                .with("send-passing-statuses-for-untriggered-speculative-plans", false)
                .with("allow-speculative-plans-on-pull-requests-from-forks", false)
                .with("require-two-factor-for-admins", false)
                .with("fair-run-queuing-enabled", false)
                .with(
                        "limit-organizations-per-user",
                        general.organizationsPerUser().isPresent())
                .with(
                        "default-organizations-per-user-ceiling",
                        general.organizationsPerUser().orElse(USUAL_CEILING))
                .with(
                        "limit-workspaces-per-organization",
                        general.workspacesPerOrganization().isPresent())
                .with(
                        "default-workspaces-per-organization-ceiling",
                        general.workspacesPerOrganization().orElse(USUAL_CEILING))
                .with(
                        "terraform-build-worker-plan-timeout",
                        Span.text(general.planTimeout().orElse(runs.planTimeout())))
                .with(
                        "terraform-build-worker-apply-timeout",
                        Span.text(general.applyTimeout().orElse(runs.applyTimeout())))
                .with("default-remote-state-access", general.sharesState());
    }
}

package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.notification.TestMail;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.Customization;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.api.setting.Smtp;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Cost estimation, mail, and what is said on the pages. */
@Path("/api/v2")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminSettingResource {
    private static final int LONGEST = 5_000;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern ADDRESS =
            Pattern.compile("[^@\\s\\p{Cntrl}<>,;\"]{1,64}@[^@\\s\\p{Cntrl}<>,;\"]{1,190}");
    private static final Set<String> AUTHENTICATIONS = Set.of("none", "plain", "login");

    private final Settings settings;
    private final TestMail mail;
    private final Grants grants;
    private final Caller caller;

    AdminSettingResource(Settings settings, TestMail mail, Grants grants, Caller caller) {
        this.settings = settings;
        this.mail = mail;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("admin/cost-estimation-settings")
    public Response costEstimation() {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(costs());
    }

    /** Every plan is priced from the installation's own price book: there is nothing to switch, and no cloud's key is wanted. */
    @PATCH
    @Path("admin/cost-estimation-settings")
    public Response changeCostEstimation(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument request = RequestDocument.read(body);
        if (!request.flag("enabled").orElse(true)) {
            throw Problem.invalid("enabled", "Enabled can only be true: every plan is priced here");
        }
        for (String key : List.of(
                "aws-access-key-id",
                "aws-secret-key",
                "gcp-credentials",
                "azure-client-id",
                "azure-client-secret",
                "azure-subscription-id",
                "azure-tenant-id")) {
            if (request.text(key).filter(text -> !text.isEmpty()).isPresent()) {
                throw Problem.invalid(key, key + " is not wanted: prices come from the installation's own price book");
            }
        }
        return Documents.ok(costs());
    }

    private static Resource costs() {
        Resource resource =
                Resource.of("cost-estimation-settings", "cost-estimation").with("enabled", true);
        for (String cloud : List.of("aws", "gcp", "azure")) {
            resource.with(cloud + "-enabled", true).with(cloud + "-instance-profile-enabled", false);
        }
        return resource;
    }

    @GET
    @Path("admin/customization-settings")
    public Response customization() {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(view(settings.customization()));
    }

    @PATCH
    @Path("admin/customization-settings")
    public Response changeCustomization(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument request = RequestDocument.read(body);
        Customization now = settings.customization();
        String support = said(request, "support-email-address", now.supportEmail());
        if (!support.isEmpty() && !ADDRESS.matcher(support).matches()) {
            throw Problem.invalid("support-email-address", "Support email address must be of the form name@host");
        }
        settings.set(new Customization(
                support,
                said(request, "login-help", now.loginHelp()),
                said(request, "footer", now.footer()),
                said(request, "error", now.error()),
                said(request, "new-user", now.newUser())));
        return Documents.ok(view(settings.customization()));
    }

    private static String said(RequestDocument request, String attribute, String now) {
        return request.isNull(attribute) ? "" : request.text(attribute, LONGEST).orElse(now);
    }

    private static Resource view(Customization customization) {
        return Resource.of("customization-settings", "customization-settings")
                .with("support-email-address", customization.supportEmail())
                .with("login-help", customization.loginHelp())
                .with("footer", customization.footer())
                .with("error", customization.error())
                .with("new-user", customization.newUser());
    }

    @GET
    @Path("admin/smtp-settings")
    public Response smtp() {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(view(settings.smtp()));
    }

    /** With {@code test-email-address} a mail is sent first; what the server does not take is not kept. */
    @PATCH
    @Path("admin/smtp-settings")
    public Response changeSmtp(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument request = RequestDocument.read(body);
        Smtp wanted = wanted(settings.smtp(), request);
        request.text("test-email-address", 255).filter(text -> !text.isEmpty()).ifPresent(to -> {
            if (!ADDRESS.matcher(to).matches()) {
                throw Problem.invalid("test-email-address", "Test email address must be of the form name@host");
            }
            mail.send(wanted, to);
        });
        settings.set(wanted);
        return Documents.ok(view(wanted));
    }

    private static Smtp wanted(Smtp now, RequestDocument request) {
        Smtp wanted = new Smtp(
                request.flag("enabled").orElse(now.enabled()),
                request.text("host", 253).orElse(now.host()),
                request.integer("port").map(AdminSettingResource::port).orElse(now.port()),
                request.text("sender", 255).orElse(now.sender()),
                request.text("auth", 20).orElse(now.auth()),
                request.text("username", 255).orElse(now.username()),
                request.text("password", 1_000).or(now::password).filter(text -> !text.isEmpty()));
        if (!AUTHENTICATIONS.contains(wanted.auth())) {
            throw Problem.invalid("auth", "Auth must be \"none\", \"plain\" or \"login\"");
        }
        if (wanted.enabled() && !HOST.matcher(wanted.host()).matches()) {
            throw Problem.invalid("host", "Host must be the name or address of a mail server");
        }
        if (wanted.enabled() && !ADDRESS.matcher(wanted.sender()).matches()) {
            throw Problem.invalid("sender", "Sender must be an address of the form name@host");
        }
        return wanted;
    }

    private static int port(long port) {
        if (port < 1 || port > 65_535) {
            throw Problem.invalid("port", "Port must be from 1 to 65535");
        }
        return Math.toIntExact(port);
    }

    private static Resource view(Smtp smtp) {
        return Resource.of("smtp-settings", "smtp-settings")
                .with("enabled", smtp.enabled())
                .with("host", smtp.host())
                .with("port", smtp.port())
                .with("sender", smtp.sender())
                .with("auth", smtp.auth())
                .with("username", smtp.username());
    }
}

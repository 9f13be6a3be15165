package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.assessment.OverrideRights;
import io.terrafleet.api.assessment.Overrides;
import io.terrafleet.api.diff.Folding;
import io.terrafleet.api.diff.PlanDiff;
import io.terrafleet.api.page.RunPages.Found;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** One run: what it does now, what it would change, what that costs, what the policies say, and the buttons. */
@Path("/app/{organization}/{workspace}/runs/{run}")
@RunOnVirtualThread
public class RunPage {
    private static final int LONGEST_COMMENT = 1_000;

    private final RunPages pages;
    private final Runs runs;
    private final Overrides overrides;
    private final OverrideRights overrideRights;
    private final Caller caller;

    RunPage(RunPages pages, Runs runs, Overrides overrides, OverrideRights overrideRights, Caller caller) {
        this.pages = pages;
        this.runs = runs;
        this.overrides = overrides;
        this.overrideRights = overrideRights;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance run(RunParts parts, Optional<String> refusal);

        static native TemplateInstance runLive(RunParts parts, Optional<String> refusal);

        static native TemplateInstance changes(RunParts parts, PlanDiff diff, Folding open);

        static native TemplateInstance changesPart(PlanDiff diff, Folding open);
    }

    @GET
    @Needs(Permission.READ_RUNS)
    public Response page(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id) {
        Found found = pages.permitted(caller.principal(), organization, workspace, id, Permission.READ_RUNS);
        return html(200, Templates.run(pages.parts(caller.principal(), found), Optional.empty()));
    }

    /** The parts that change while the run goes on. */
    @GET
    @Path("live")
    @Needs(Permission.READ_RUNS)
    public Response live(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id) {
        Found found = pages.permitted(caller.principal(), organization, workspace, id, Permission.READ_RUNS);
        return html(200, Templates.runLive(pages.parts(caller.principal(), found), Optional.empty()));
    }

    /** What the plan changes: a part of the page, or a page of its own for a browser without script. */
    @GET
    @Path("changes")
    @Needs(Permission.READ_RUNS)
    public Response changes(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id,
            @RestHeader("HX-Request") @Nullable String part) {
        Found found = pages.permitted(caller.principal(), organization, workspace, id, Permission.READ_RUNS);
        PlanDiff diff = pages.diff(found.run()).orElseThrow(Problem::notFound);
        Folding open = Folding.of(diff);
        return html(
                200,
                part == null
                        ? Templates.changes(pages.parts(caller.principal(), found), diff, open)
                        : Templates.changesPart(diff, open));
    }

    @POST
    @Path("actions/{action}")
    @Needs(Permission.READ_RUNS)
    public Response act(
            @PathParam("organization") String organization,
            @PathParam("workspace") String workspace,
            @PathParam("run") String id,
            @PathParam("action") String action,
            @RestForm @Nullable String comment,
            @RestHeader("HX-Request") @Nullable String part) {
        Wanted wanted = wanted(action);
        Found found = pages.permitted(caller.principal(), organization, workspace, id, wanted.permission());
        String said = comment == null ? "" : comment.strip();
        if (said.length() > LONGEST_COMMENT) {
            throw Problem.unprocessable("A comment may have at most " + LONGEST_COMMENT + " characters.");
        }
        Optional<String> refusal = grant(found, wanted, said);
        if (part == null && refusal.isEmpty()) {
            return Response.seeOther(URI.create(found.base())).build();
        }
        Found after = pages.permitted(caller.principal(), organization, workspace, id, Permission.READ_RUNS);
        RunParts parts = pages.parts(caller.principal(), after);
        return part == null ? html(409, Templates.run(parts, refusal)) : html(200, Templates.runLive(parts, refusal));
    }

    /** @return why not, when the run is in no state for it or a reason is missing */
    private Optional<String> grant(Found found, Wanted wanted, String comment) {
        try {
            if (wanted.wish() instanceof RunInput.OverrideBlock) {
                overrideRights.require(caller.principal(), found.run(), found.workspace(), comment);
                overrides.override(found.run().id(), caller.principal(), comment);
            } else {
                runs.wish(found.run().id(), wanted.wish(), wanted.event(), comment);
            }
            return Optional.empty();
        } catch (Problem problem) {
            if (problem.status() != 409 && problem.status() != 403 && problem.status() != 422) {
                throw problem;
            }
            return problem.detail().or(() -> Optional.of(problem.title()));
        }
    }

    private record Wanted(RunInput.Wish wish, String event, Permission permission) {}

    private Wanted wanted(String action) {
        String by = caller.principal().name();
        return switch (action) {
            case "confirm" -> new Wanted(new RunInput.Confirm(by), "confirmed", Permission.APPLY_RUNS);
            case "discard" -> new Wanted(new RunInput.Discard(by), "discarded", Permission.APPLY_RUNS);
            case "cancel" -> new Wanted(new RunInput.Cancel(by), "canceled", Permission.APPLY_RUNS);
            case "force-cancel" -> new Wanted(new RunInput.ForceCancel(by), "force_canceled", Permission.APPLY_RUNS);
            case "override" -> new Wanted(new RunInput.OverrideBlock(by), "overridden", Permission.READ_RUNS);
            default -> throw Problem.notFound();
        };
    }

    private static Response html(int status, TemplateInstance template) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.render())
                .build();
    }
}

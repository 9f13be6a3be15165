package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** One workspace: its runs, how it is set, and a button to start a run. */
@Path("/app/{organization}/{workspace}")
@RunOnVirtualThread
public class WorkspacePage {
    private static final int LONGEST_MESSAGE = 500;

    private final Workspaces workspaces;
    private final Configurations configurations;
    private final Runs runs;
    private final RunReading reading;
    private final Grants grants;
    private final Caller caller;

    WorkspacePage(
            Workspaces workspaces,
            Configurations configurations,
            Runs runs,
            RunReading reading,
            Grants grants,
            Caller caller) {
        this.workspaces = workspaces;
        this.configurations = configurations;
        this.runs = runs;
        this.reading = reading;
        this.grants = grants;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance workspace(
                Workspace workspace,
                List<RunRow> rows,
                Pages pages,
                Start start,
                Moment changed,
                Optional<String> refusal);
    }

    /** Whether a run can be started here, and why not. */
    public record Start(boolean possible, boolean autoApply, String whyNot) {}

    @GET
    @Needs(Permission.READ_RUNS)
    public Response page(
            @PathParam("organization") String organization, @PathParam("workspace") String name, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.READ_RUNS);
        return page(200, workspace, Page.of(uri), Optional.empty());
    }

    @POST
    @Path("runs")
    @Needs(Permission.QUEUE_RUNS)
    public Response start(
            @PathParam("organization") String organization,
            @PathParam("workspace") String name,
            @RestForm @Nullable String message,
            @RestForm @Nullable String kind) {
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.QUEUE_RUNS);
        boolean planOnly = "plan-only".equals(kind);
        if (!planOnly && workspace.autoApply()) {
            grants.require(caller.principal(), workspace.place(), Permission.APPLY_RUNS);
        }
        try {
            Run run = runs.create(request(workspace, planOnly, message == null ? "" : message.strip()));
            return Response.seeOther(URI.create(Paths.run(workspace, run.id()))).build();
        } catch (Problem problem) {
            if (problem.status() != 409 && problem.status() != 422) {
                throw problem;
            }
            return page(problem.status(), workspace, new Page(1, 20), problem.detail());
        }
    }

    private NewRun request(Workspace workspace, boolean planOnly, String message) {
        if (message.length() > LONGEST_MESSAGE) {
            throw Problem.unprocessable("A message may have at most " + LONGEST_MESSAGE + " characters.");
        }
        Principal who = caller.principal();
        return new NewRun(
                workspace.id(),
                Optional.empty(),
                planOnly,
                Optional.empty(),
                false,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                message,
                List.of(),
                "tfe-ui",
                who.id(),
                who.name());
    }

    private Response page(int status, Workspace workspace, Page page, Optional<String> refusal) {
        RunReading.Listing listing = reading.ofWorkspace(workspace.id(), Map.of(), page);
        List<RunRow> rows =
                listing.runs().stream().map(run -> RunRow.of(run, workspace)).toList();
        Pages pages = Pages.of(page, listing.total(), "");
        Moment changed = new Moment(workspace.changedAt());
        TemplateInstance template = Templates.workspace(workspace, rows, pages, start(workspace), changed, refusal);
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.render())
                .build();
    }

    private Start start(Workspace workspace) {
        String whyNot = "";
        if (workspace.executionMode().equals("local")) {
            whyNot = "Terraform runs on your own machine in this workspace; only its state is kept here.";
        } else if (!grants.allows(caller.principal(), workspace.place(), Permission.QUEUE_RUNS)) {
            whyNot = "You may look at this workspace, but not start runs.";
        } else if (configurations.latestUploaded(workspace.id()).isEmpty()) {
            whyNot = "A run can be started once a configuration has been uploaded.";
        }
        return new Start(whyNot.isEmpty(), workspace.autoApply(), whyNot);
    }
}

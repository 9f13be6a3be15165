package io.terrafleet.api.task;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Run tasks of an organization. */
@Path("/api/v2")
@RunOnVirtualThread
public class TaskResource {
    private final RunTasks tasks;
    private final WorkspaceTasks attachments;
    private final TaskVerification verification;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    TaskResource(
            RunTasks tasks,
            WorkspaceTasks attachments,
            TaskVerification verification,
            Organizations organizations,
            Grants grants,
            Caller caller) {
        this.tasks = tasks;
        this.attachments = attachments;
        this.verification = verification;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    @Path("organizations/{organization}/tasks")
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        return Documents.page(
                tasks.list(organization.id(), page.offset(), page.size()).stream()
                        .map(task -> view(task, organization.name()))
                        .toList(),
                page,
                tasks.count(organization.id()),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_RUN_TASKS)
    @Path("organizations/{organization}/tasks")
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_RUN_TASKS);
        RequestDocument request = RequestDocument.read(body);
        request.required("name");
        String url = request.required("url");
        RunTaskSettings settings = RunTaskSettings.read(request);
        if (settings.enabled().orElse(true)) {
            verification.require(url, settings.key().orElse(""), organization.name());
        }
        return Documents.created(view(tasks.create(organization.id(), settings), organization.name()));
    }

    @GET
    @Needs(Permission.READ)
    @Path("tasks/{id}")
    public Response show(@PathParam("id") String id) {
        RunTask task = permitted(id, Permission.READ);
        return Documents.ok(view(task, organizationOf(task)));
    }

    @PATCH
    @Needs(Permission.MANAGE_RUN_TASKS)
    @Path("tasks/{id}")
    public Response change(@PathParam("id") String id, InputStream body) {
        RunTask before = permitted(id, Permission.MANAGE_RUN_TASKS);
        RunTaskSettings settings = RunTaskSettings.read(RequestDocument.read(body));
        boolean enabled = settings.enabled().orElse(before.enabled());
        boolean moved = settings.url().filter(url -> !url.equals(before.url())).isPresent();
        if (enabled && (moved || settings.key().isPresent() || !before.enabled())) {
            String key = settings.key().or(() -> tasks.key(id)).orElse("");
            verification.require(settings.url().orElse(before.url()), key, organizationOf(before));
        }
        RunTask after = tasks.change(id, settings);
        return Documents.ok(view(after, organizationOf(after)));
    }

    @DELETE
    @Needs(Permission.MANAGE_RUN_TASKS)
    @Path("tasks/{id}")
    public Response delete(@PathParam("id") String id) {
        permitted(id, Permission.MANAGE_RUN_TASKS);
        tasks.delete(id);
        return Response.noContent().build();
    }

    private RunTask permitted(String id, Permission permission) {
        RunTask task = tasks.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), task.organizationId(), permission);
        return task;
    }

    private String organizationOf(RunTask task) {
        return organizations.find(task.organizationId()).map(Organization::name).orElseThrow(Problem::notFound);
    }

    private Resource view(RunTask task, String organization) {
        RunTask.Ask ask = task.everywhere().orElse(task.everywhereOtherwise());
        Map<String, Object> global = new LinkedHashMap<>();
        global.put("enabled", task.everywhere().isPresent());
        global.put("stages", ask.stages().stream().map(Stage::word).toList());
        global.put("enforcement-level", ask.level().word());
        return Resource.of("tasks", task.id())
                .with("category", "task")
                .with("name", task.name())
                .with("description", task.description())
                .with("url", task.url())
                .with("hmac-key", null)
                .with("enabled", task.enabled())
                .with("global-configuration", global)
                .with("created-at", task.createdAt())
                .with("updated-at", task.updatedAt())
                .toOne("organization", "organizations", organization)
                .toOne("agent-pool", "agent-pools", null)
                .toMany("workspace-tasks", "workspace-tasks", attachments.idsOf(task.id()))
                .link("self", "/api/v2/tasks/" + task.id());
    }
}

package io.terrafleet.api.cost;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What was spent: our own addition to the TFE API, in its style. Costs are decimal strings in the row's currency; rates are those of a
 * month of 730 hours. Only workspaces whose runs the caller may read are counted.
 */
@Path("/api/v2")
@RunOnVirtualThread
public class CostResource {
    private static final int MOST_ORGANIZATIONS = 200;
    private static final int MOST_MOVERS = 100;

    private final Costs costs;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Caller caller;
    private final InstantSource clock;

    CostResource(
            Costs costs,
            Organizations organizations,
            Workspaces workspaces,
            Caller caller,
            @Identifier("api") InstantSource clock) {
        this.costs = costs;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.caller = caller;
        this.clock = clock;
    }

    /** What every month cost, by organization unless another {@code filter[group]} is asked for, over all that the caller sees. */
    @GET
    @Path("costs")
    @Needs(Permission.KNOWN)
    public Response everywhere(@Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "organization", now);
        List<Organization> visible = organizations.visibleTo(caller.principal(), "", 0, MOST_ORGANIZATIONS);
        return Documents.slice(months(costs.spending(caller.principal(), visible, now), question, now), uri);
    }

    /** What every month cost, by project unless another {@code filter[group]} is asked for. */
    @GET
    @Path("organizations/{organization}/costs")
    @Needs(Permission.READ)
    public Response months(@PathParam("organization") String name, @Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "project", now);
        return Documents.slice(months(spending(name, question, now), question, now), uri);
    }

    /** What the present month has cost and what it will have cost if nothing changes any more. */
    @GET
    @Path("organizations/{organization}/costs/forecast")
    @Needs(Permission.READ)
    public Response forecast(@PathParam("organization") String name, @Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "project", now);
        return Documents.slice(
                each(
                        spending(name, question, now),
                        (currency, spending) -> spending.forecast(question.grouping(), now).stream()
                                .map(forecast -> Resource.of("cost-forecasts", currency + ":" + forecast.key())
                                        .with("group", forecast.key())
                                        .with("so-far", forecast.soFar().toPlainString())
                                        .with("month", forecast.month().toPlainString())
                                        .with("currency", currency)
                                        .with("prices-as-of", spending.pricesAsOf()))
                                .toList()),
                uri);
    }

    /** What changed most in the last {@code filter[days]}, up or down, the largest first. */
    @GET
    @Path("organizations/{organization}/costs/movers")
    @Needs(Permission.READ)
    public Response movers(@PathParam("organization") String name, @Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "workspace", now);
        Instant from = now.minus(Duration.ofDays(question.days()));
        return Documents.slice(
                each(
                        spending(name, question, now),
                        (currency, spending) -> spending.movers(question.grouping(), from, now, MOST_MOVERS).stream()
                                .map(mover -> Resource.of("cost-movers", currency + ":" + mover.key())
                                        .with("group", mover.key())
                                        .with("before", mover.before().toPlainString())
                                        .with("after", mover.after().toPlainString())
                                        .with("difference", mover.difference().toPlainString())
                                        .with("currency", currency)
                                        .with("prices-as-of", spending.pricesAsOf()))
                                .toList()),
                uri);
    }

    /** Which runs changed what in the last {@code filter[days]}, the latest first. */
    @GET
    @Path("organizations/{organization}/costs/changes")
    @Needs(Permission.READ)
    public Response changes(@PathParam("organization") String name, @Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "workspace", now);
        Instant from = now.minus(Duration.ofDays(question.days()));
        return Documents.slice(
                each(
                        spending(name, question, now),
                        (currency, spending) -> spending.steps(from, now.plusMillis(1)).stream()
                                .map(step -> step(step, currency).with("prices-as-of", spending.pricesAsOf()))
                                .toList()),
                uri);
    }

    /** {@code format=csv} or {@code format=json}: the months as a file. */
    @GET
    @Path("organizations/{organization}/costs/export")
    @Needs(Permission.READ)
    public Response export(@PathParam("organization") String name, @Context UriInfo uri) {
        Instant now = clock.instant();
        CostQuestion question = CostQuestionReader.read(uri, "project", now);
        String format = uri.getQueryParameters().getFirst("format");
        boolean csv = format == null || format.equals("csv");
        if (!csv && !format.equals("json")) {
            throw Problem.malformed("format must be csv or json");
        }
        SortedMap<String, Exports.Months> months = new TreeMap<>();
        spending(name, question, now)
                .forEach((currency, spending) -> months.put(
                        currency,
                        new Exports.Months(
                                spending.months(question.grouping(), question.from(), question.to(), now),
                                spending.pricesAsOf())));
        String file = "costs-" + question.from() + "-to-" + question.to() + (csv ? ".csv" : ".json");
        return Response.ok(csv ? Exports.csv(months) : Exports.json(months))
                .type(csv ? new MediaType("text", "csv", "UTF-8") : MediaType.APPLICATION_JSON_TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .build();
    }

    /** Every apply that made the workspace cost something else or the same, the latest first. */
    @GET
    @Path("workspaces/{workspace}/costs")
    @Needs(Permission.READ_RUNS)
    public Response history(@PathParam("workspace") String id, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ_RUNS);
        return Documents.slice(
                costs.history(workspace).stream()
                        .map(point -> Resource.of("cost-points", point.run())
                                .with("at", point.at())
                                .with("prior-monthly-cost", point.prior().toPlainString())
                                .with("monthly-cost", point.monthly().toPlainString())
                                .with("currency", point.currency())
                                .with("prices-as-of", point.pricesAsOf())
                                .toOne("run", "runs", point.run()))
                        .toList(),
                uri);
    }

    private SortedMap<String, Spending> spending(String name, CostQuestion question, Instant now) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        return costs.spending(caller.principal(), organization, question.scope(), now);
    }

    private static List<Resource> months(SortedMap<String, Spending> spending, CostQuestion question, Instant now) {
        return each(
                spending,
                (currency, one) -> one.months(question.grouping(), question.from(), question.to(), now).stream()
                        .map(month -> Resource.of("cost-months", currency + ":" + month.month() + ":" + month.key())
                                .with("month", month.month())
                                .with("group", month.key())
                                .with("cost", month.cost().toPlainString())
                                .with("currency", currency)
                                .with("prices-as-of", one.pricesAsOf()))
                        .toList());
    }

    private static Resource step(Spending.Step step, String currency) {
        String id = step.run().isEmpty() ? step.workspaceId() : step.run();
        return Resource.of("cost-changes", id)
                .with("at", step.at())
                .with("workspace-name", step.workspace())
                .with("before", step.before().toPlainString())
                .with("after", step.after().toPlainString())
                .with("difference", step.difference().toPlainString())
                .with("currency", currency)
                .toOne("run", "runs", step.run().isEmpty() ? null : step.run())
                .toOne("workspace", "workspaces", step.workspaceId());
    }

    private static List<Resource> each(
            SortedMap<String, Spending> spending, BiFunction<String, Spending, List<Resource>> view) {
        List<Resource> all = new ArrayList<>();
        spending.forEach((currency, one) -> all.addAll(view.apply(currency, one)));
        return all;
    }
}

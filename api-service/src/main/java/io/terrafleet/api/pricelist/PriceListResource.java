package io.terrafleet.api.pricelist;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Price lists, for site administrators: our own addition to the TFE API, in its style. */
@Path("/api/v2/admin/price-lists")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class PriceListResource {
    private final PriceLists lists;
    private final Grants grants;
    private final Caller caller;

    PriceListResource(PriceLists lists, Grants grants, Caller caller) {
        this.lists = lists;
        this.grants = grants;
        this.caller = caller;
    }

    /** The latest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        return Documents.page(
                lists.list(page.offset(), page.size()).stream()
                        .map(PriceListResource::view)
                        .toList(),
                page,
                lists.count(),
                uri);
    }

    /**
     * The body is the list: an AWS offer file (JSON or CSV), Azure retail prices (JSON) or a GCP catalogue (YAML), also gzipped, at most
     * 512 MiB. It is read after the answer; its address says how far that is. All of it is taken, or nothing.
     *
     * @param name of the file, for people
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response upload(@RestQuery @Nullable String name, InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        return Documents.created(view(lists.upload(
                name == null ? "price list" : name, body, caller.principal().name())));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(view(lists.find(id).orElseThrow(Problem::notFound)));
    }

    /** Attribute {@code used}: whether prices are taken from the list. Without it the next older version of the list counts. */
    @PATCH
    @Path("{id}")
    public Response use(@PathParam("id") String id, InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        boolean used = RequestDocument.read(body)
                .flag("used")
                .orElseThrow(() -> Problem.invalid("used", "Used must be true or false"));
        return Documents.ok(view(lists.use(id, used)));
    }

    private static Resource view(PriceList list) {
        return Resource.of("price-lists", list.id())
                .with("file-name", list.fileName())
                .with("size", list.size())
                .with("status", list.status())
                .with("bytes-read", list.bytesRead())
                .with("reason", list.reason())
                .with("name", list.contents().map(PriceList.Contents::name))
                .with("version", list.contents().map(PriceList.Contents::version))
                .with("published", list.contents().map(PriceList.Contents::published))
                .with("regions", list.contents().map(PriceList.Contents::regions))
                .with("currencies", list.contents().map(PriceList.Contents::currencies))
                .with("prices", list.contents().map(PriceList.Contents::prices))
                .with("products", list.contents().map(PriceList.Contents::products))
                .with("uploaded-by", list.uploadedBy())
                .with("created-at", list.createdAt())
                .with("updated-at", list.updatedAt())
                .link("self", "/api/v2/admin/price-lists/" + list.id());
    }
}

package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.cost.CostScope;
import io.terrafleet.api.cost.Grouping;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What an organization spends. */
@Path("/app/{organization}/~costs")
@RunOnVirtualThread
public class CostsPage {
    private static final int LONGEST = 128;

    private final Organizations organizations;
    private final SpendingParts parts;
    private final Caller caller;

    CostsPage(Organizations organizations, SpendingParts parts, Caller caller) {
        this.organizations = organizations;
        this.parts = parts;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance costs(
                String organization, String path, String group, String tag, List<SpendingPart> parts);
    }

    /**
     * @param group one of {@link Grouping#WORDS}; project unless told
     * @param tag whose values are the groups, where {@code group} is {@code tag}
     */
    @GET
    @Needs(Permission.READ)
    public Response organization(
            @PathParam("organization") String name,
            @RestQuery @Nullable String group,
            @RestQuery @Nullable String tag) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        String wanted = group == null ? "project" : group;
        String named = tag == null ? "" : tag.strip();
        named = named.substring(0, Math.min(named.length(), LONGEST));
        Optional<Grouping> grouping = Grouping.of(wanted, named);
        String word = grouping.isPresent() ? wanted : "project";
        return html(Templates.costs(
                organization.name(),
                Paths.costs(organization.name()),
                word,
                named,
                parts.of(organization, CostScope.ALL, grouping.orElseGet(Grouping.Projects::new))));
    }

    private static Response html(TemplateInstance template) {
        return Response.ok(template.render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }
}

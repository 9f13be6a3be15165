package io.terrafleet.api.module;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.RegistrySharing;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The module registry protocol, version 1, as {@code terraform init} speaks it. The archive's address is signed and good for a
 * quarter of an hour, because terraform sends no token there.
 */
@Path("/api/registry/v1/modules")
@RunOnVirtualThread
public class ModuleRegistryResource {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final String PURPOSE = "module-archive";

    private final Modules modules;
    private final RegistrySharing sharing;
    private final Caller caller;
    private final InternalKey key;
    private final InstantSource clock;

    ModuleRegistryResource(
            Modules modules,
            RegistrySharing sharing,
            Caller caller,
            @Identifier("api") InternalKey key,
            @Identifier("api") InstantSource clock) {
        this.modules = modules;
        this.sharing = sharing;
        this.caller = caller;
        this.key = key;
        this.clock = clock;
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{provider}/versions")
    @Produces(MediaType.APPLICATION_JSON)
    public Response versions(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        Module module = module(namespace, name, provider);
        List<Map<String, String>> versions = module.versions().stream()
                .filter(Module.Version::ready)
                .map(version -> Map.of("version", version.number()))
                .toList();
        return json(Map.of(
                "modules", List.of(Map.of("source", namespace + "/" + name + "/" + provider, "versions", versions))));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{provider}/{version}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            @PathParam("version") String number) {
        Module module = module(namespace, name, provider);
        return json(ModuleView.registry(module, ready(module, number), namespace));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{provider}/{version}/download")
    public Response download(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            @PathParam("version") String number) {
        String artifact =
                ready(module(namespace, name, provider), number).artifactId().orElseThrow(Problem::notFound);
        String expires = String.valueOf(clock.instant().plus(GOOD_FOR).getEpochSecond());
        return Response.noContent()
                .header(
                        "X-Terraform-Get",
                        "/api/registry/v1/modules/archives/" + artifact + "/" + expires + "/"
                                + key.sign(PURPOSE, artifact + "\n" + expires) + ".tar.gz")
                .build();
    }

    @GET
    @Path("archives/{artifact}/{expires}/{signature}.tar.gz")
    @Open(because = "signed address")
    public Response archive(
            @PathParam("artifact") String artifact,
            @PathParam("expires") String expires,
            @PathParam("signature") String signature) {
        boolean signed = expires.matches("[0-9]{1,12}")
                && key.isSignature(PURPOSE, artifact + "\n" + expires, signature)
                && clock.instant().getEpochSecond() <= Long.parseLong(expires);
        if (!signed) {
            throw Problem.notFound();
        }
        return Response.ok(modules.content(artifact), "application/gzip").build();
    }

    private Module module(String namespace, String name, String provider) {
        Organization organization = sharing.ofModules(caller.principal(), namespace);
        return modules.named(organization.id(), name, provider).orElseThrow(Problem::notFound);
    }

    private static Module.Version ready(Module module, String number) {
        return module.version(number).filter(Module.Version::ready).orElseThrow(Problem::notFound);
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }
}

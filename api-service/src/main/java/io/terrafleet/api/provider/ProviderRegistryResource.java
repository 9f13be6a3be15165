package io.terrafleet.api.provider;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.gpgkey.GpgKey;
import io.terrafleet.api.gpgkey.GpgKeys;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.RegistrySharing;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The provider registry protocol, version 1, as {@code terraform init} speaks it. Only what is complete is offered: checksums,
 * signature and the platform's binary. Files have signed addresses, good for a quarter of an hour, because terraform sends no token
 * there.
 */
@Path("/api/registry/v1/providers")
@RunOnVirtualThread
public class ProviderRegistryResource {
    private static final String ROOT = "/api/registry/v1/providers/";
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final String PURPOSE = "provider-file";

    private final Providers providers;
    private final GpgKeys keys;
    private final Artifacts artifacts;
    private final RegistrySharing sharing;
    private final Caller caller;
    private final InternalKey key;
    private final InstantSource clock;

    ProviderRegistryResource(
            Providers providers,
            GpgKeys keys,
            Artifacts artifacts,
            RegistrySharing sharing,
            Caller caller,
            @Identifier("api") InternalKey key,
            @Identifier("api") InstantSource clock) {
        this.providers = providers;
        this.keys = keys;
        this.artifacts = artifacts;
        this.sharing = sharing;
        this.caller = caller;
        this.key = key;
        this.clock = clock;
    }

    static String fileOf(String namespace, String name) {
        return ROOT + namespace + "/" + name + "/";
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/versions")
    public Response versions(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        List<Map<String, Object>> versions = providers
                .versions(provider(namespace, name).id())
                .stream()
                .filter(ProviderRegistryResource::signed)
                .map(this::offered)
                .toList();
        return json(Map.of("versions", versions));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{version}/download/{os}/{arch}")
    public Response download(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") String number,
            @PathParam("os") String os,
            @PathParam("arch") String arch) {
        Provider provider = provider(namespace, name);
        Provider.Version version = version(provider, number);
        Provider.Platform platform = providers
                .platform(version.id(), os, arch)
                .filter(found -> found.binary().isPresent())
                .orElseThrow(Problem::notFound);
        GpgKey signer = keys.find(provider.organizationId(), version.keyId()).orElseThrow(Problem::notFound);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocols", version.protocols());
        json.put("os", os);
        json.put("arch", arch);
        json.put("filename", platform.filename());
        json.put("shasum", platform.shasum());
        json.put("download_url", address(platform.binary().orElseThrow(), platform.filename()));
        json.put("shasums_url", address(version.shasums().orElseThrow(), "SHA256SUMS"));
        json.put("shasums_signature_url", address(version.signature().orElseThrow(), "SHA256SUMS.sig"));
        json.put(
                "signing_keys",
                Map.of(
                        "gpg_public_keys",
                        List.of(Map.of(
                                "key_id", signer.keyId(),
                                "ascii_armor", signer.asciiArmor(),
                                "trust_signature", "",
                                "source", "",
                                "source_url", ""))));
        return json(json);
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{version}/shasums")
    public Response shasums(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") String number) {
        return file(version(provider(namespace, name), number).shasums().orElseThrow());
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{name}/{version}/shasums-sig")
    public Response signature(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") String number) {
        return file(version(provider(namespace, name), number).signature().orElseThrow());
    }

    @GET
    @Path("files/{artifact}/{expires}/{signature}/{filename}")
    @Open(because = "signed address")
    public Response file(
            @PathParam("artifact") String artifact,
            @PathParam("expires") String expires,
            @PathParam("signature") String signature) {
        boolean signed = expires.matches("[0-9]{1,12}")
                && key.isSignature(PURPOSE, artifact + "\n" + expires, signature)
                && clock.instant().getEpochSecond() <= Long.parseLong(expires);
        if (!signed) {
            throw Problem.notFound();
        }
        return file(artifact);
    }

    private String address(String artifact, String filename) {
        String expires = String.valueOf(clock.instant().plus(GOOD_FOR).getEpochSecond());
        return ROOT + "files/" + artifact + "/" + expires + "/" + key.sign(PURPOSE, artifact + "\n" + expires) + "/"
                + filename;
    }

    private Response file(String artifact) {
        return Response.ok(artifacts.open(artifact), MediaType.APPLICATION_OCTET_STREAM)
                .build();
    }

    private Provider provider(String namespace, String name) {
        Organization organization = sharing.ofProviders(caller.principal(), namespace);
        return providers
                .named(organization.id(), "private", organization.name(), name)
                .orElseThrow(Problem::notFound);
    }

    private Provider.Version version(Provider provider, String number) {
        return providers
                .version(provider.id(), number)
                .filter(ProviderRegistryResource::signed)
                .orElseThrow(Problem::notFound);
    }

    private static boolean signed(Provider.Version version) {
        return version.shasums().isPresent() && version.signature().isPresent();
    }

    private Map<String, Object> offered(Provider.Version version) {
        List<Map<String, String>> platforms = providers.platforms(version.id()).stream()
                .filter(platform -> platform.binary().isPresent())
                .map(platform -> Map.of("os", platform.os(), "arch", platform.arch()))
                .toList();
        return Map.of("version", version.number(), "protocols", version.protocols(), "platforms", platforms);
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }
}

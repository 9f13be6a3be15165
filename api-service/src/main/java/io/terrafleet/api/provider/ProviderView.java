package io.terrafleet.api.provider;

import io.terrafleet.api.document.Resource;
import java.util.Map;

/** Providers, versions and platforms in the words of the TFE API. */
final class ProviderView {
    private ProviderView() {}

    static String path(Provider provider, String organization) {
        return "/api/v2/organizations/" + organization + "/registry-providers/" + provider.registryName() + "/"
                + provider.namespace() + "/" + provider.name();
    }

    static Resource of(Provider provider, String organization, boolean mayChange) {
        return Resource.of("registry-providers", provider.id())
                .with("name", provider.name())
                .with("namespace", provider.namespace())
                .with("registry-name", provider.registryName())
                .with("created-at", provider.createdAt())
                .with("updated-at", provider.updatedAt())
                .with("permissions", Map.of("can-delete", mayChange, "can-upload-asset", mayChange))
                .toOne("organization", "organizations", organization)
                .related("versions", path(provider, organization) + "/versions")
                .link("self", path(provider, organization));
    }

    static Resource of(Provider.Version version, boolean mayChange) {
        return Resource.of("registry-provider-versions", version.id())
                .with("version", version.number())
                .with("key-id", version.keyId())
                .with("protocols", version.protocols())
                .with("shasums-uploaded", version.shasums().isPresent())
                .with("shasums-sig-uploaded", version.signature().isPresent())
                .with("created-at", version.createdAt())
                .with("updated-at", version.updatedAt())
                .with("permissions", Map.of("can-delete", mayChange, "can-upload-asset", mayChange))
                .toOne("registry-provider", "registry-providers", version.providerId());
    }

    static Resource of(Provider.Platform platform, boolean mayChange) {
        return Resource.of("registry-provider-platforms", platform.id())
                .with("os", platform.os())
                .with("arch", platform.arch())
                .with("filename", platform.filename())
                .with("shasum", platform.shasum())
                .with("provider-binary-uploaded", platform.binary().isPresent())
                .with("permissions", Map.of("can-delete", mayChange, "can-upload-asset", mayChange))
                .toOne("registry-provider-version", "registry-provider-versions", platform.versionId());
    }
}

package io.terrafleet.api.provider;

import java.util.List;
import java.util.Optional;

/** From rows to records. */
final class ProviderRows {
    private ProviderRows() {}

    static Provider view(ProviderEntity row) {
        return new Provider(
                row.id, row.organizationId, row.registryName, row.namespace, row.name, row.createdAt, row.updatedAt);
    }

    static Provider.Version view(ProviderVersionEntity row) {
        return new Provider.Version(
                row.id,
                row.providerId,
                row.version,
                row.keyId,
                List.of(row.protocols.split(",")),
                Optional.ofNullable(row.shasumsId),
                Optional.ofNullable(row.shasumsSigId),
                row.createdAt,
                row.updatedAt);
    }

    static Provider.Platform view(ProviderPlatformEntity row) {
        return new Provider.Platform(
                row.id, row.versionId, row.os, row.arch, row.filename, row.shasum, Optional.ofNullable(row.binaryId));
    }
}

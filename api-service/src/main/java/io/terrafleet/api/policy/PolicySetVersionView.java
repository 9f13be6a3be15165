package io.terrafleet.api.policy;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.host.RepositoryLocations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Versions of policy sets as people and clients see them. */
@ApplicationScoped
class PolicySetVersionView {
    private final RepositoryLocations locations;

    PolicySetVersionView(RepositoryLocations locations) {
        this.locations = locations;
    }

    /** When it was begun, and when it became what it is. */
    private static Map<String, Instant> timestamps(PolicySetVersion version) {
        Map<String, Instant> timestamps = new LinkedHashMap<>();
        timestamps.put("pending-at", version.createdAt());
        if (!version.status().equals("pending")) {
            timestamps.put(version.status() + "-at", version.updatedAt());
        }
        return timestamps;
    }

    private Map<String, Object> ingress(String commit, Optional<String> identifier, PolicySet set) {
        Map<String, Object> ingress = new LinkedHashMap<>();
        ingress.put("commit-sha", commit);
        ingress.put("commit-url", identifier.flatMap(named -> commitUrl(named, commit, set)));
        ingress.put("identifier", identifier);
        return ingress;
    }

    /** Known while the set has the connection by which the commit came. */
    private Optional<String> commitUrl(String identifier, String commit, PolicySet set) {
        return set.source()
                .flatMap(PolicySetSource::oauthTokenId)
                .flatMap(token -> locations.commitPage(set.organizationId(), identifier, token, commit));
    }

    Resource of(PolicySetVersion version, PolicySet set) {
        return Resource.of("policy-set-versions", version.id())
                .with("source", version.source())
                .with("commit-sha", version.commit())
                .with("status", version.status())
                .with("status-timestamps", timestamps(version))
                .with("ingress-attributes", version.commit().map(commit -> ingress(commit, version.identifier(), set)))
                .with("error", version.error().map(error -> "invalid"))
                .with("error-message", version.error())
                .with("created-at", version.createdAt())
                .with("updated-at", version.updatedAt())
                .toOne("policy-set", "policy-sets", version.policySetId())
                .link("self", "/api/v2/policy-set-versions/" + version.id());
    }
}

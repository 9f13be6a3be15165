package io.terrafleet.api.policy;

import io.terrafleet.contracts.event.Enforcement;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From rows to records. */
final class PolicyRows {
    private PolicyRows() {}

    static Policy view(PolicyEntity row, List<String> policySetIds) {
        return new Policy(
                row.id,
                row.organizationId,
                row.name,
                row.description,
                row.query,
                Enforcement.of(row.enforcement),
                row.library,
                row.regoSha256 != null,
                policySetIds,
                row.createdAt,
                Optional.ofNullable(row.uploadedAt));
    }

    static PolicySet view(PolicySetEntity row) {
        Map<Reach, List<String>> targets = new EnumMap<>(Reach.class);
        for (Reach reach : Reach.values()) {
            targets.put(
                    reach,
                    row.attachments.stream()
                            .filter(attachment -> attachment.kind().equals(reach.word()))
                            .map(PolicySetEntity.Attachment::targetId)
                            .sorted()
                            .collect(Collectors.toUnmodifiableList()));
        }
        return new PolicySet(
                row.id,
                row.organizationId,
                row.name,
                row.description,
                row.global,
                row.overridable,
                row.library,
                row.policyIds.stream().sorted().toList(),
                Optional.ofNullable(row.currentVersionId),
                Optional.ofNullable(row.newestVersionId),
                TermsSettings.of(row),
                SourceSettings.of(row),
                Collections.unmodifiableMap(targets),
                row.selectors.stream()
                        .map(PolicySetEntity.Selector::view)
                        .sorted(Comparator.comparing(TagSelector::key)
                                .thenComparing(selector -> selector.value().orElse("")))
                        .toList(),
                row.createdAt,
                row.updatedAt);
    }

    static PolicyParameter view(PolicyParameterEntity row) {
        return new PolicyParameter(row.id, row.policySetId, row.key, row.value, row.sealedValue != null);
    }
}

package io.terrafleet.api.policy;

import java.util.Optional;

/** What a caller may set on a policy set; what is absent takes its default, or stays as it is. */
record PolicySetSettings(
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> global,
        Optional<Boolean> overridable,
        TermsSettings terms,
        SourceSettings source) {
    PolicySetSettings {
        name.ifPresent(PolicySettings::checkName);
        description.ifPresent(PolicySettings::checkDescription);
    }
}

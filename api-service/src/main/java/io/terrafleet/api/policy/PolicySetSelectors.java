package io.terrafleet.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tags by which a set finds its workspaces. A set goes by tags or by what is tied to it, never by both. */
@ApplicationScoped
class PolicySetSelectors {
    private static final int MOST = 100;
    private static final int LONGEST = 256;

    private final PolicySetStore store;
    private final InstantSource clock;

    PolicySetSelectors(PolicySetStore store, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adding what is there changes nothing. */
    @Transactional
    void add(String id, List<TagSelector> selectors) {
        PolicySetEntity set = changing(id);
        if (!selectors.isEmpty() && (set.global || !set.attachments.isEmpty())) {
            throw Problem.invalid(
                    "tag-selectors",
                    "Tag selectors cannot be set: the policy set is global, or tied to workspaces or projects; take that from it first");
        }
        selectors.forEach(selector -> set.selectors.add(PolicySetEntity.Selector.of(selector)));
        if (set.selectors.size() > MOST) {
            throw Problem.invalid("tag-selectors", "Tag selectors may be at most " + MOST);
        }
        store.flush();
    }

    /** Removing what is not there changes nothing. */
    @Transactional
    void remove(String id, List<TagSelector> selectors) {
        PolicySetEntity set = changing(id);
        selectors.forEach(selector -> set.selectors.removeIf(row ->
                row.view().key().equals(selector.key()) && row.view().value().equals(selector.value())));
        store.flush();
    }

    /** Entries of {@code tag-key}, {@code tag-value} (null for any) and {@code is-exclude}, bare or as attributes. */
    static List<TagSelector> read(List<JsonNode> entries) {
        List<TagSelector> selectors = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode attributes = entry.has("attributes") ? entry.path("attributes") : entry;
            JsonNode key = attributes.path("tag-key");
            JsonNode value = attributes.path("tag-value");
            boolean valued = value.isTextual() && value.textValue().length() <= LONGEST;
            boolean any = value.isNull() || value.isMissingNode();
            if (!key.isTextual()
                    || key.textValue().isEmpty()
                    || key.textValue().length() > LONGEST
                    || !(valued || any)) {
                throw Problem.invalid(
                        "tag-selectors",
                        "Tag selectors must each have a tag-key and a tag-value (or null for any) of at most " + LONGEST
                                + " characters");
            }
            selectors.add(new TagSelector(
                    key.textValue().replace("\0", "?"),
                    any ? Optional.empty() : Optional.of(value.textValue().replace("\0", "?")),
                    attributes.path("is-exclude").asBoolean(false)));
        }
        return selectors;
    }

    private PolicySetEntity changing(String id) {
        PolicySetEntity set = store.forUpdate(id).orElseThrow(Problem::notFound);
        set.updatedAt = clock.instant();
        return set;
    }
}

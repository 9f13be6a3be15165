package io.terrafleet.api.document;

import java.util.Optional;

/** Finds what relationships link to, so that {@code include=…} can bring it; each room brings the types it keeps. */
public interface Linked {
    /** As in linkage, for example {@code workspaces}. */
    String type();

    /** The resource as its own address shows it; empty when there is none, or when the caller at hand may not see it. */
    Optional<Resource> find(String id);
}

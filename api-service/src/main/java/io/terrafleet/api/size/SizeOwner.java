package io.terrafleet.api.size;

/** Whose runs a size is for. */
sealed interface SizeOwner {
    /** As it is known outside. */
    String id();

    record OfWorkspace(String id) implements SizeOwner {}

    record OfPool(String id) implements SizeOwner {}
}

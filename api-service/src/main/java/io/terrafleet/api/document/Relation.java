package io.terrafleet.api.document;

import java.util.List;

/**
 * A relationship that documents do not name because finding out costs something: it is there for whoever asks for it with {@code
 * include=…}. Each room brings its own.
 */
public interface Relation {
    /** Of the resource that has it, for example {@code runs}. */
    String type();

    /** As in the document, for example {@code run-events}. */
    String name();

    /** Whether it is to many. */
    default boolean many() {
        return true;
    }

    /**
     * What the caller at hand may see of it.
     *
     * @param id of a resource that the caller sees
     */
    List<Resource> of(String id);
}

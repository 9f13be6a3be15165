package io.terrafleet.api.state;

import io.terrafleet.api.document.Resource;
import java.util.List;

/** What {@code include=…} adds to a state's document from another room. */
public interface StateInclude {
    /** @param name as in the query, for example {@code run.created_by}; nothing for a name that is another's */
    List<Resource> of(StateVersion state, String name);
}

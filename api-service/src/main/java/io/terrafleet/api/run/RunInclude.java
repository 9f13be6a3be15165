package io.terrafleet.api.run;

import io.terrafleet.api.document.Resource;
import java.util.List;

/** Something that {@code include=…} can add to a run's document; each later room brings its own. */
public interface RunInclude {
    /** As in the query, for example {@code cost_estimate}. */
    String name();

    List<Resource> of(Run run);
}

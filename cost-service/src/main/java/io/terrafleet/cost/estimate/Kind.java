package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the estimate can say of a resource; each is in exactly one. */
public enum Kind {
    /** A fixed cost, all of it priced. */
    PRICED,
    /** Only use costs, and a plan does not know it. */
    USAGE_ONLY,
    /** Costs nothing. */
    FREE,
    /** A type that nobody here knows how to price. */
    UNSUPPORTED,
    /** Something of it has no price, or the plan says nothing sensible of it; what has a price counts. */
    NO_PRICE;

    /** {@code priced}, {@code usage-only}, {@code free}, {@code unsupported} or {@code no-price}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.terrafleet.api.document;

import jakarta.persistence.EntityManager;

/**
 * How PostgreSQL plans a search depends on what is searched for: what is rare is fetched by its index and sorted, what is common is met soon
 * enough on a walk in the list's order. A plan that is made once for all values fits one of the two.
 */
public final class CustomPlans {
    private CustomPlans() {}

    /** Until the transaction's end. */
    public static void in(EntityManager entities) {
        entities.createNativeQuery("select set_config('plan_cache_mode', 'force_custom_plan', true)")
                .getSingleResult();
    }
}

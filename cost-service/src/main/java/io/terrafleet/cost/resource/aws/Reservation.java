package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.util.Optional;
import java.util.Set;

/**
 * Capacity that is paid for a year or three, as a usage file tells it.
 *
 * @param kind {@code standard} or {@code convertible}
 * @param term {@code 1_year} or {@code 3_year}
 * @param payment {@code no_upfront}, {@code partial_upfront} or {@code all_upfront}
 */
record Reservation(String kind, String term, String payment) {
    private static final Set<String> KINDS = Set.of("standard", "convertible");
    private static final Set<String> TERMS = Set.of("1_year", "3_year");
    private static final Set<String> PAYMENTS = Set.of("no_upfront", "partial_upfront", "all_upfront");

    static Optional<Reservation> of(Usage usage) {
        Optional<String> term = usage.text("reserved_instance_term");
        Optional<String> payment = usage.text("reserved_instance_payment_option");
        if (term.isEmpty() || payment.isEmpty()) {
            return Optional.empty();
        }
        String kind = usage.text("reserved_instance_type").orElse("standard");
        if (!KINDS.contains(kind) || !TERMS.contains(term.get()) || !PAYMENTS.contains(payment.get())) {
            throw new Unpriceable("usage of a reserved instance needs reserved_instance_type standard or convertible,"
                    + " reserved_instance_term 1_year or 3_year and reserved_instance_payment_option no_upfront,"
                    + " partial_upfront or all_upfront");
        }
        return Optional.of(new Reservation(kind, term.get(), payment.get()));
    }

    /** The price of an hour: nothing when all was paid in advance. */
    Quote price(Resource owner, String service, String prefix, boolean withKind, Bill bill) {
        if (!payment.equals("no_upfront")) {
            bill.assume("what is paid in advance for the reservation is not part of the monthly cost");
        }
        return payment.equals("all_upfront")
                ? Quote.Found.nothing("Hrs", "paid in advance", owner.region().startsWith("cn-") ? "CNY" : "USD")
                : owner.rate(service, prefix + (withKind ? " " + kind : "") + " " + term + " " + payment);
    }
}

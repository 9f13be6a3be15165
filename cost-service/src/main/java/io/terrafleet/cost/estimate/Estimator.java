package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.ResourceChange;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.FreeTypes;
import io.terrafleet.cost.resource.PlanSide;
import io.terrafleet.cost.resource.PlannedResource;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.UsageFile;
import io.terrafleet.cost.resource.aws.AwsPricers;
import io.terrafleet.cost.resource.azure.AzurePricers;
import io.terrafleet.cost.resource.gcp.GcpPricers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prices every managed resource of a plan, as it is and as it would be. */
public final class Estimator {
    private final PriceBook book;

    public Estimator(PriceBook book) {
        this.book = book;
    }

    /** Prices a plan whose use is not known. */
    public Estimate estimate(PlanDocument plan) {
        return estimate(plan, UsageFile.NONE);
    }

    /** Prices a plan; what is billed by use is billed as the usage file says. */
    public Estimate estimate(PlanDocument plan, UsageFile usage) {
        PlanSide before = PlanSide.before(plan, usage);
        PlanSide after = PlanSide.after(plan, usage);
        List<ResourceEstimate> resources =
                new ArrayList<>(plan.resourceChanges().size());
        List<LocalDate> dates = new ArrayList<>();
        for (ResourceChange change : changes(plan, usage)) {
            if (PlanSide.existsBefore(change) || PlanSide.existsAfter(change)) {
                resources.add(estimate(change, before, after, dates));
            }
        }
        return Currencies.one(resources, dates.stream().min(Comparator.naturalOrder()));
    }

    /** What the plan has, and what only the usage file knows: there before and after, whatever the plan does. */
    private static List<ResourceChange> changes(PlanDocument plan, UsageFile usage) {
        List<ResourceChange> changes = new ArrayList<>(plan.resourceChanges());
        for (String type : AwsPricers.usageFileTypes()) {
            usage.addresses(type).forEach(address -> changes.add(noted(type, address)));
        }
        return changes;
    }

    private static ResourceChange noted(String type, String address) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        return new ResourceChange(
                address,
                Optional.empty(),
                Optional.empty(),
                "managed",
                type,
                address.substring(type.length() + 1),
                MissingNode.getInstance(),
                "",
                Optional.empty(),
                List.of("no-op"),
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                false);
    }

    private ResourceEstimate estimate(ResourceChange change, PlanSide before, PlanSide after, List<LocalDate> dates) {
        Optional<Pricer> pricer = AwsPricers.of(change.type())
                .or(() -> GcpPricers.of(change.type()))
                .or(() -> AzurePricers.of(change.type()));
        if (pricer.isEmpty()) {
            boolean free = FreeTypes.contains(change.type(), change.providerName())
                    || GcpPricers.free(change.type())
                    || AzurePricers.free(change.type());
            Kind kind = free ? Kind.FREE : Kind.UNSUPPORTED;
            return result(change, kind, null, null, null);
        }
        Priced prior =
                PlanSide.existsBefore(change) ? price(pricer.get(), before, PlannedResource.before(change)) : null;
        Priced proposed =
                PlanSide.existsAfter(change) ? price(pricer.get(), after, PlannedResource.after(change)) : null;
        both(prior, proposed)
                .flatMap(priced -> priced.bill().pricesAsOf().stream())
                .forEach(dates::add);
        Priced last = proposed == null ? prior : proposed;
        return result(change, kind(prior, proposed), last == null ? null : last.region(), prior, proposed);
    }

    private record Priced(Bill bill, String region) {
        Cost cost() {
            return new Cost(bill.monthly(), bill.components(), bill.currencies());
        }
    }

    private Priced price(Pricer pricer, PlanSide side, PlannedResource planned) {
        Bill bill = new Bill(book);
        Resource resource = side.resource(planned, bill);
        try {
            pricer.price(resource, bill);
        } catch (Unpriceable e) {
            bill.refuse(e.reason());
        }
        return new Priced(bill, resource.region());
    }

    /** An apply may fail half way on either side, so a problem on one side is the resource's. */
    private static Kind kind(@Nullable Priced prior, @Nullable Priced proposed) {
        if (both(prior, proposed).anyMatch(priced -> !priced.bill().problems().isEmpty())) {
            return Kind.NO_PRICE;
        }
        if (both(prior, proposed).anyMatch(priced -> priced.bill().hasFixedCost())) {
            return Kind.PRICED;
        }
        return both(prior, proposed).anyMatch(priced -> priced.bill().hasUsage()) ? Kind.USAGE_ONLY : Kind.FREE;
    }

    private static ResourceEstimate result(
            ResourceChange change,
            Kind kind,
            @Nullable String region,
            @Nullable Priced prior,
            @Nullable Priced proposed) {
        Set<String> assumptions = new LinkedHashSet<>();
        Set<String> problems = new LinkedHashSet<>();
        both(proposed, prior).forEach(priced -> {
            assumptions.addAll(priced.bill().assumptions());
            problems.addAll(priced.bill().problems());
        });
        return new ResourceEstimate(
                change.address(),
                change.previousAddress(),
                change.type(),
                change.word(),
                change.importing(),
                kind,
                Optional.ofNullable(region),
                prior == null ? Cost.NONE : prior.cost(),
                proposed == null ? Cost.NONE : proposed.cost(),
                Tags.of(change),
                List.copyOf(assumptions),
                List.copyOf(problems));
    }

    private static Stream<Priced> both(@Nullable Priced one, @Nullable Priced other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other)).flatMap(Optional::stream);
    }
}

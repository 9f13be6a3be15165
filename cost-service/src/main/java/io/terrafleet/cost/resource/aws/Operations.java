package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** What keeps an account in order: trails, parameters, managed machines elsewhere, directories, workflows. */
final class Operations {
    private static final String SYSTEMS = "AWSSystemsManager";
    private static final String TRAILS = "AWSCloudTrail";
    private static final String DIRECTORIES = "AWSDirectoryService";
    private static final String WORKFLOWS = "AmazonMWAA";
    private static final long EVENTS = 100_000;
    private static final BigDecimal MOST_STANDARD_INSTANCES = BigDecimal.valueOf(1_000);

    /** Every directory has two domain controllers at least; the book has the price of both. */
    private static final BigDecimal CONTROLLERS = BigDecimal.TWO;

    private Operations() {}

    /** The first copy of what manages an account is free; events of data and insights are not. */
    static void trail(Resource trail, Bill bill) {
        Usage usage = trail.usage();
        if (trail.flag("include_global_service_events", true) || usage.has("monthly_additional_management_events")) {
            events(
                    trail,
                    bill,
                    "Management events (additional copies)",
                    "monthly_additional_management_events",
                    "Paid management events");
        }
        events(trail, bill, "Data events", "monthly_data_events", "Data events");
        if (!trail.blocks("insight_selector").isEmpty() || usage.has("monthly_insight_events")) {
            events(trail, bill, "Insight events", "monthly_insight_events", "Insight events");
        }
    }

    private static void events(Resource trail, Bill bill, String name, String usageKey, String priceKey) {
        bill.used(name, "100k events", trail.usage().number(usageKey, EVENTS), trail.rate(TRAILS, priceKey));
    }

    /** Standard parameters are free; intelligent tiering may make any of them an advanced one, and is priced as such. */
    static void parameter(Resource parameter, Bill bill) {
        Usage usage = parameter.usage();
        String tier = parameter.text("tier", "Standard");
        boolean advanced = !tier.equals("Standard");
        if (tier.equals("Intelligent-Tiering")) {
            bill.assume("a parameter of intelligent tiering is taken to be an advanced one");
        }
        if (advanced) {
            bill.monthly(
                    "Parameter storage (advanced)",
                    "hours",
                    usage.number("parameter_storage_hrs", Bill.HOURS),
                    parameter.rate(SYSTEMS, "Advanced parameter"));
        }
        String throughput = usage.text("api_throughput_limit")
                .map(word -> word.toLowerCase(Locale.ROOT))
                .orElse(advanced ? "advanced" : "standard");
        switch (throughput) {
            case "standard" -> {}
            case "advanced", "higher" ->
                bill.used(
                        "API interactions (" + throughput + ")",
                        "10k interactions",
                        usage.number("monthly_api_interactions", 10_000),
                        parameter.rate(SYSTEMS, "API interactions advanced"));
            default -> throw new Unpriceable("usage api_throughput_limit must be standard, advanced or higher");
        }
    }

    /** Machines elsewhere are free up to a thousand, and cost by the hour in the advanced tier. */
    static void activation(Resource activation, Bill bill) {
        Usage usage = activation.usage();
        boolean advanced = usage.text("instance_tier")
                .map(tier -> tier.equalsIgnoreCase("advanced"))
                .orElseGet(() -> activation.number("registration_limit", 1).compareTo(MOST_STANDARD_INSTANCES) > 0);
        if (advanced) {
            bill.used(
                    "On-prem managed instances (advanced)",
                    "hours",
                    usage.number("instances").map(Bill.HOURS::multiply),
                    activation.rate(SYSTEMS, "Advanced managed instance"));
        }
    }

    static void directory(Resource directory, Bill bill) {
        String type = directory.text("type", "SimpleAD");
        boolean microsoft = type.equals("MicrosoftAD");
        String size = microsoft ? directory.text("edition", "Enterprise") : directory.text("size", "Small");
        String named =
                switch (type) {
                    case "MicrosoftAD" -> "Microsoft AD";
                    case "SimpleAD" -> "Simple AD";
                    case "ADConnector" -> "AD Connector";
                    default -> throw new Unpriceable("type must be SimpleAD, ADConnector or MicrosoftAD");
                };
        Quote controller = directory.rate(DIRECTORIES, type + " " + size).scaled(Bill.HOURS.divide(CONTROLLERS));
        bill.monthly("Directory service (" + named + ", " + size + ")", "controllers", CONTROLLERS, controller);
        Usage usage = directory.usage();
        usage.number("additional_domain_controllers")
                .ifPresent(more -> bill.monthly("Additional domain controllers", "controllers", more, controller));
        if (microsoft) {
            usage.number("shared_accounts")
                    .ifPresent(accounts -> bill.used(
                            "Directory sharing",
                            "accounts",
                            Optional.of(accounts),
                            directory.rate(DIRECTORIES, "Shared " + size).scaled(Bill.HOURS)));
        }
    }

    static void workflows(Resource environment, Bill bill) {
        String size = environment.text("environment_class", "mw1.small");
        String named = size.substring(size.indexOf('.') + 1);
        String shown = named.isEmpty() ? size : named.substring(0, 1).toUpperCase(Locale.ROOT) + named.substring(1);
        Usage usage = environment.usage();
        bill.hourly("Environment (" + shown + ")", BigDecimal.ONE, environment.rate(WORKFLOWS, "Environment " + size));
        bill.used(
                "Worker (" + shown + ")",
                "hours",
                usage.number("additional_workers").map(Bill.HOURS::multiply),
                environment.rate(WORKFLOWS, "Worker " + size));
        bill.used(
                "Scheduler (" + shown + ")",
                "hours",
                usage.number("additional_schedulers").map(Bill.HOURS::multiply),
                environment.rate(WORKFLOWS, "Scheduler " + size));
        bill.used("Meta database", "GB", usage.number("meta_database_gb"), environment.rate(WORKFLOWS, "Database"));
    }
}

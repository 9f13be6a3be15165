package io.terrafleet.cost.resource.azure;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The table of Azure's types that cost something. Items are called product|sku|meter, as the retail prices have them. */
public final class AzurePricers {
    static final BigDecimal DAYS = Bill.HOURS.divide(BigDecimal.valueOf(24), 6, RoundingMode.HALF_UP);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Types that cost nothing by themselves. */
    private static final Set<String> FREE = Set.of(
            "azurerm_resource_group",
            "azurerm_virtual_network",
            "azurerm_subnet",
            "azurerm_network_interface",
            "azurerm_network_security_group",
            "azurerm_network_security_rule",
            "azurerm_route_table",
            "azurerm_role_assignment",
            "azurerm_user_assigned_identity",
            "azurerm_storage_container",
            "azurerm_key_vault_access_policy",
            "azurerm_availability_set",
            "azurerm_network_interface_security_group_association",
            "azurerm_subnet_network_security_group_association",
            "azurerm_virtual_machine_data_disk_attachment",
            "azurerm_lb_rule",
            "azurerm_lb_probe",
            "azurerm_lb_backend_address_pool",
            "azurerm_mssql_server",
            "azurerm_nat_gateway_public_ip_association",
            "azurerm_subnet_nat_gateway_association");

    private static final Map<String, Pricer> TABLE = new HashMap<>();

    static {
        on(
                Machines::machine,
                "azurerm_linux_virtual_machine",
                "azurerm_windows_virtual_machine",
                "azurerm_virtual_machine");
        on(
                Machines::scaleSet,
                "azurerm_linux_virtual_machine_scale_set",
                "azurerm_windows_virtual_machine_scale_set",
                "azurerm_virtual_machine_scale_set");
        on(Machines::managedDisk, "azurerm_managed_disk");
        on(Machines::cluster, "azurerm_kubernetes_cluster");
        on(Machines::nodePool, "azurerm_kubernetes_cluster_node_pool");
        network();
        data();
        byUse();
    }

    private AzurePricers() {}

    public static Optional<Pricer> of(String type) {
        return Optional.ofNullable(TABLE.get(type));
    }

    public static boolean free(String type) {
        return FREE.contains(type);
    }

    public static Set<String> types() {
        return Set.copyOf(TABLE.keySet());
    }

    private static void network() {
        on(AzurePricers::publicIp, "azurerm_public_ip");
        on(
                (gateway, bill) -> {
                    bill.hourly(
                            "NAT gateway",
                            BigDecimal.ONE,
                            gateway.rate("Azure NAT Gateway", "NAT Gateway|Standard|Standard Gateway"));
                    bill.used(
                            "Data processed",
                            "GB",
                            gateway.usage().number("monthly_data_processed_gb"),
                            gateway.rate("Azure NAT Gateway", "NAT Gateway|Standard|Standard Data Processed"));
                },
                "azurerm_nat_gateway");
        on(AzurePricers::loadBalancer, "azurerm_lb");
        on(AzurePricers::applicationGateway, "azurerm_application_gateway");
        on(
                sized("VPN gateway", "Azure VPN Gateway", "sku", (sku, key) -> key.append("VPN Gateway|")
                        .append(sku)
                        .append('|')
                        .append(sku)),
                "azurerm_virtual_network_gateway");
        on(
                sized("Firewall", "Azure Azure Firewall", "sku_tier", (sku, key) -> key.append("Azure Firewall|")
                        .append(sku)
                        .append('|')
                        .append(sku)
                        .append(" Deployment")),
                "azurerm_firewall");
        on(
                sized("Bastion", "Azure Azure Bastion", "sku", (sku, key) -> key.append("Azure Bastion|")
                        .append(sku)
                        .append('|')
                        .append(sku)
                        .append(" Gateway")),
                "azurerm_bastion_host");
        on(
                (endpoint, bill) -> bill.hourly(
                        "Private endpoint",
                        BigDecimal.ONE,
                        endpoint.rate(
                                "Azure Virtual Network",
                                "Virtual Network Private Link|Standard|Standard Private Endpoint")),
                "azurerm_private_endpoint");
        on(zone("Public"), "azurerm_dns_zone");
        on(zone("Private"), "azurerm_private_dns_zone");
    }

    private static Pricer zone(String kind) {
        return (zone, bill) -> bill.monthly(
                "Hosted zone",
                "months",
                BigDecimal.ONE,
                zone.rate("Azure Azure DNS", "Azure DNS|" + kind + "|" + kind + " Zone", "Zone 1"));
    }

    private static void data() {
        on(AzurePricers::redis, "azurerm_redis_cache");
        on(AzurePricers::registry, "azurerm_container_registry");
        on(AzurePricers::servicePlan, "azurerm_service_plan", "azurerm_app_service_plan");
        on(
                AzurePricers::cosmos,
                "azurerm_cosmosdb_sql_database",
                "azurerm_cosmosdb_sql_container",
                "azurerm_cosmosdb_mongo_database");
        on(Databases::single, "azurerm_mssql_database", "azurerm_sql_database");
        on(Databases::pool, "azurerm_mssql_elasticpool");
        on(AzurePricers::eventHubs, "azurerm_eventhub_namespace");
    }

    private static void byUse() {
        on(
                used(
                        "Operations",
                        "10K transactions",
                        "Azure Key Vault",
                        "Key Vault|Standard|Operations",
                        "monthly_secrets_operations",
                        10_000),
                "azurerm_key_vault");
        on(
                used(
                        "Log data ingestion",
                        "GB",
                        "Azure Log Analytics",
                        "Log Analytics|Analytics Logs|Analytics Logs Data Ingestion",
                        "monthly_log_data_ingestion_gb",
                        1),
                "azurerm_log_analytics_workspace");
        on(AzurePricers::storage, "azurerm_storage_account");
    }

    private static Pricer used(String name, String unit, String service, String key, String usageKey, long unitSize) {
        return (resource, bill) ->
                bill.used(name, unit, resource.usage().number(usageKey, unitSize), resource.rate(service, key));
    }

    /** One thing by the hour, of the size that an attribute names. */
    private static Pricer sized(String name, String service, String attribute, BiConsumer<String, StringBuilder> keys) {
        return (resource, bill) -> {
            String size = resource.text(attribute, attribute.equals("sku") ? "Basic" : "Standard");
            StringBuilder key = new StringBuilder();
            keys.accept(size, key);
            bill.hourly(name + " (" + size + ")", BigDecimal.ONE, resource.rate(service, key.toString()));
        };
    }

    private static void publicIp(Resource address, Bill bill) {
        String sku = address.text("sku", "Standard");
        String method = address.text("allocation_method", "Static");
        bill.hourly(
                "IP address (" + method.toLowerCase(Locale.ROOT) + ")",
                BigDecimal.ONE,
                address.rate(
                        "Azure Virtual Network", "IP Addresses|" + sku + "|" + sku + " IPv4 " + method + " Public IP"));
    }

    private static void loadBalancer(Resource balancer, Bill bill) {
        if (balancer.text("sku", "Standard").equals("Basic")) {
            return;
        }
        bill.hourly(
                "Load balancer (first 5 rules)",
                BigDecimal.ONE,
                balancer.rate(
                        "Azure Load Balancer", "Load Balancer|Standard|Standard Included LB Rules and Outbound Rules"));
        bill.used(
                "Data processed",
                "GB",
                balancer.usage().number("monthly_data_processed_gb"),
                balancer.rate("Azure Load Balancer", "Load Balancer|Standard|Standard Data Processed"));
    }

    private static void applicationGateway(Resource gateway, Bill bill) {
        String sku = gateway.block("sku").flatMap(found -> found.text("name")).orElse("Standard_v2");
        String product =
                switch (sku) {
                    case "Standard_v2" -> "Application Gateway Standard v2";
                    case "WAF_v2" -> "Application Gateway WAF v2";
                    default -> throw new Unpriceable("sku must be Standard_v2 or WAF_v2; others are retired");
                };
        bill.hourly(
                "Gateway usage (" + sku + ")",
                BigDecimal.ONE,
                gateway.rate("Azure Application Gateway", product + "|Standard|Standard Fixed Cost"));
        BigDecimal units = gateway.usage()
                .number("capacity_units")
                .or(() -> gateway.block("sku").flatMap(found -> found.number("capacity")))
                .orElse(BigDecimal.ZERO);
        bill.used(
                "Capacity units",
                "hours",
                Optional.of(units.multiply(Bill.HOURS)),
                gateway.rate("Azure Application Gateway", product + "|Standard|Standard Capacity Units"));
    }

    private static void redis(Resource cache, Bill bill) {
        String tier = cache.text("sku_name", "Standard");
        String size = cache.text("family", "C") + cache.text("capacity", "1");
        bill.hourly(
                "Cache usage (" + tier + ", " + size + ")",
                BigDecimal.ONE.add(cache.number("shard_count")
                        .map(count -> count.subtract(BigDecimal.ONE))
                        .orElse(BigDecimal.ZERO)),
                cache.rate(
                        "Azure Redis Cache",
                        "Azure Redis Cache " + tier + "|" + size + "|" + size + " Cache Instance"));
    }

    private static void registry(Resource registry, Bill bill) {
        String tier = registry.text("sku", "Basic");
        bill.monthly(
                "Registry usage (" + tier + ")",
                "days",
                DAYS,
                registry.rate(
                        "Azure Container Registry", "Container Registry|" + tier + "|" + tier + " Registry Unit"));
    }

    /** {@code P1v3} is sold as {@code P1 v3}. */
    private static void servicePlan(Resource plan, Bill bill) {
        String sku = plan.text("sku_name")
                .or(() -> plan.block("sku").flatMap(found -> found.text("size")))
                .orElseThrow(() -> new Unpriceable("sku_name is not known before apply"));
        if (sku.startsWith("Y") || sku.startsWith("F")) {
            bill.usageOnly();
            return;
        }
        String shown = sku.replaceFirst("v(\\d)$", " v$1");
        String tier =
                switch (sku.charAt(0)) {
                    case 'B' -> "Basic";
                    case 'S' -> "Standard";
                    case 'P' -> "Premium" + (shown.contains(" v") ? shown.substring(shown.indexOf(" v")) : "");
                    default -> throw new Unpriceable("sku_name is none that is priced here");
                };
        boolean linux = plan.text("os_type").filter("Linux"::equals).isPresent()
                || plan.text("kind").filter("Linux"::equalsIgnoreCase).isPresent();
        bill.hourly(
                "Instance usage (" + sku + ")",
                plan.number("worker_count", 1),
                plan.rate(
                        "Azure Azure App Service",
                        "Azure App Service " + tier + " Plan" + (linux ? " - Linux" : "") + "|" + shown + "|" + shown
                                + " App"));
    }

    private static void cosmos(Resource database, Bill bill) {
        Optional<BigDecimal> throughput = database.number("throughput");
        if (throughput.isEmpty()) {
            bill.usageOnly();
            return;
        }
        bill.hourly(
                "Provisioned throughput",
                throughput.get().divide(HUNDRED, 4, RoundingMode.HALF_UP),
                database.rate("Azure Azure Cosmos DB", "Azure Cosmos DB|RUs|100 RU/s"));
    }

    private static void eventHubs(Resource namespace, Bill bill) {
        String tier = namespace.text("sku", "Standard");
        bill.hourly(
                "Throughput",
                namespace.number("capacity", 1),
                namespace.rate("Azure Event Hubs", "Event Hubs|" + tier + "|" + tier + " Throughput Unit"));
    }

    private static void storage(Resource account, Bill bill) {
        String tier = account.text("access_tier", "Hot");
        String copies = account.text("account_replication_type", "LRS");
        String sku = tier + " " + copies;
        bill.used(
                "Capacity",
                "GB",
                account.usage().number("storage_gb"),
                account.rate("Azure Storage", "General Block Blob v2|" + sku + "|" + sku + " Data Stored"));
        bill.used(
                "Write operations",
                "10k operations",
                account.usage().number("monthly_write_operations", 10_000),
                account.rate("Azure Storage", "General Block Blob v2|" + sku + "|" + sku + " Write Operations"));
    }

    private static void on(Pricer pricer, String... types) {
        for (String type : types) {
            if (TABLE.put(type, pricer) != null) {
                throw new IllegalStateException(type + " is registered twice");
            }
        }
    }
}

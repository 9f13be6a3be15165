package io.terrafleet.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.price.PriceRow;
import io.terrafleet.cost.resource.azure.AzurePricers;
import io.terrafleet.cost.resource.gcp.GcpPricers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Azure and Google Cloud over prices as an import would give them. */
class OtherCloudsTest {
    private static final PriceBook BOOK = PriceBook.shipped()
            .with(List.of(
                    row("GoogleCloud", "europe-west1", "instance e2-standard-2 OnDemand", "0.07"),
                    row("GoogleCloud", "europe-west1", "instance e2-standard-2 Spot", "0.02"),
                    row("GoogleCloud", "europe-west1", "instance e2-medium OnDemand", "0.03"),
                    row("GoogleCloud", "europe-west1", "disk ssd", "0.2"),
                    row("GoogleCloud", "europe-west1", "disk hdd", "0.04"),
                    row("GoogleCloud", "europe-west1", "disk balanced", "0.1"),
                    row("GoogleCloud", "europe-west1", "network ip vm", "0.005"),
                    row("GoogleCloud", "europe-west1", "network nat gateway", "0.0448"),
                    row("Azure Virtual Machines", "westeurope", "instance Standard_D2s_v3 Linux", "0.1"),
                    row("Azure Virtual Machines", "westeurope", "instance Standard_D2s_v3 Windows", "0.2"),
                    row("Azure Storage", "westeurope", "Premium SSD Managed Disks|P10 LRS|P10 LRS Disk", "20"),
                    row("Azure Storage", "westeurope", "Standard HDD Managed Disks|S4 LRS|S4 LRS Disk", "1.5"),
                    row(
                            "Azure Virtual Network",
                            "westeurope",
                            "IP Addresses|Standard|Standard IPv4 Static Public IP",
                            "0.005"),
                    row(
                            "Azure Azure App Service",
                            "westeurope",
                            "Azure App Service Premium v3 Plan - Linux|P1 v3|P1 v3 App",
                            "0.17"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database Single/Elastic Pool General Purpose - Compute Gen5|4 vCore|vCore",
                            "1"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database Single/Elastic Pool General Purpose - Storage|General Purpose|General Purpose Data Stored",
                            "0.1"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database Single/Elastic Pool General Purpose - Serverless - Compute Gen5|1 vCore|vCore",
                            "0.5"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database SingleDB/Elastic Pool Hyperscale - Compute Gen5|vCore|vCore",
                            "0.25"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database SingleDB/Elastic Pool Hyperscale - Storage|Hyperscale|Hyperscale Data Stored",
                            "0.2"),
                    row(
                            "Azure SQL Database",
                            "westeurope",
                            "SQL Database - LTR Backup Storage|Backup RA-GRS|Backup RA-GRS Data Stored",
                            "0.05"),
                    row("AmazonEC2", "us-east-1", "instance m5.xlarge Linux/Shared", "0.2"),
                    row("ElasticMapReduce", "us-east-1", "instance m5.xlarge EMR", "0.05"),
                    row("AmazonRDS", "us-east-1", "instance db.r6g.large Aurora MySQL/I/O-optimized", "0.3"),
                    row("Azure Redis Cache", "westeurope", "Azure Redis Cache Standard|C1|C1 Cache Instance", "0.14")));

    private static PriceRow row(String service, String region, String key, String price) {
        return new PriceRow(
                service,
                region,
                key,
                "",
                BigDecimal.ZERO,
                new BigDecimal(price),
                "USD",
                "test",
                Optional.of(LocalDate.EPOCH));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            google_compute_instance | {'zone': 'europe-west1-b', 'machine_type': 'e2-standard-2'} | 51.5
            google_compute_instance | {'zone': 'europe-west1-b', 'machine_type': 'e2-standard-2', 'scheduling': [{'preemptible': true}], 'boot_disk': [{'initialize_params': [{'size': 50, 'type': 'pd-ssd'}]}], 'network_interface': [{'access_config': [{}]}]} | 28.25
            google_compute_disk | {'zone': 'europe-west1-b', 'type': 'pd-ssd', 'size': 100} | 20
            google_compute_address | {'region': 'europe-west1'} | 3.65
            google_compute_router_nat | {'region': 'europe-west1'} | 32.704
            google_container_cluster | {'location': 'europe-west1', 'remove_default_node_pool': true, 'initial_node_count': 1} | 73
            google_container_node_pool | {'location': 'europe-west1', 'node_count': 1, 'node_config': [{'machine_type': 'e2-medium'}]} | 95.7
            google_dns_managed_zone | {} | 0.2
            azurerm_linux_virtual_machine | {'location': 'West Europe', 'size': 'Standard_D2s_v3', 'os_disk': [{'storage_account_type': 'Premium_LRS', 'disk_size_gb': 100}]} | 93
            azurerm_windows_virtual_machine | {'location': 'westeurope', 'size': 'Standard_D2s_v3'} | 146
            azurerm_managed_disk | {'location': 'westeurope', 'storage_account_type': 'Standard_LRS', 'disk_size_gb': 10} | 1.5
            azurerm_public_ip | {'location': 'westeurope', 'allocation_method': 'Static', 'sku': 'Standard'} | 3.65
            azurerm_kubernetes_cluster | {'location': 'westeurope', 'default_node_pool': [{'vm_size': 'Standard_D2s_v3', 'node_count': 2}]} | 186
            azurerm_service_plan | {'location': 'westeurope', 'os_type': 'Linux', 'sku_name': 'P1v3', 'worker_count': 2} | 248.2
            azurerm_mssql_database | {'location': 'westeurope', 'sku_name': 'GP_Gen5_4', 'max_size_gb': 250} | 755
            azurerm_mssql_database | {'location': 'westeurope', 'sku_name': 'HS_Gen5_4', 'read_replica_count': 1} | 1460
            azurerm_mssql_elasticpool | {'location': 'westeurope', 'sku': [{'name': 'GP_Gen5', 'capacity': 4}], 'max_size_gb': 50} | 735
            azurerm_mssql_database | {'location': 'westeurope', 'sku_name': 'GP_S_Gen5_2', 'max_size_gb': 100} | 10
            azurerm_redis_cache | {'location': 'westeurope', 'sku_name': 'Standard', 'family': 'C', 'capacity': 1} | 102.2
            """)
    void oneResource(String type, String values, String expected) {
        ResourceEstimate resource = Drafts.draft()
                .create(type, "it", values)
                .estimate(BOOK)
                .resources()
                .getFirst();

        assertThat(resource.problems()).isEmpty();
        assertThat(resource.kind()).isEqualTo(Kind.PRICED);
        assertThat(resource.proposed().monthly()).isEqualByComparingTo(expected);
    }

    /** What the shipped book has no price for is priced once a list with it was imported. */
    @Test
    void emrAndAuroraIOOptimizedArePricedFromImportedLists() {
        Estimate estimate = Drafts.draft()
                .create(
                        "aws_emr_cluster",
                        "it",
                        "{'master_instance_group': [{'instance_type': 'm5.xlarge'}],"
                                + " 'core_instance_group': [{'instance_type': 'm5.xlarge', 'instance_count': 3}]}")
                .create(
                        "aws_rds_cluster",
                        "it",
                        "{'engine': 'aurora-mysql', 'cluster_identifier': 'c', 'storage_type': 'aurora-iopt1'}")
                .create(
                        "aws_rds_cluster_instance",
                        "it",
                        "{'engine': 'aurora-mysql', 'cluster_identifier': 'c', 'instance_class': 'db.r6g.large'}")
                .estimate(BOOK);

        assertThat(estimate.resource("aws_emr_cluster.it")
                        .orElseThrow()
                        .proposed()
                        .monthly())
                .isEqualByComparingTo("730");
        assertThat(estimate.resource("aws_rds_cluster_instance.it")
                        .orElseThrow()
                        .proposed()
                        .components())
                .anySatisfy(component -> {
                    assertThat(component.name()).contains("I/O-optimized");
                    assertThat(component.monthly()).isEqualByComparingTo("219");
                });
    }

    /** A serverless database is billed for the cores that work; a usage file says how long they do. */
    @Test
    void serverlessAndHyperscaleCostByUse() throws Exception {
        Estimate estimate = Drafts.draft()
                .create(
                        "azurerm_mssql_database",
                        "idle",
                        "{'location': 'westeurope', 'sku_name': 'GP_S_Gen5_2', 'max_size_gb': 100}")
                .create("azurerm_mssql_database", "huge", "{'location': 'westeurope', 'sku_name': 'HS_Gen5_2'}")
                .create("azurerm_mssql_database", "pooled", "{'location': 'westeurope', 'elastic_pool_id': 'p'}")
                .estimate(
                        BOOK,
                        io.terrafleet.cost.resource.UsageFile.parse(
                                """
                                resource_usage:
                                  azurerm_mssql_database.idle:
                                    monthly_vcore_hours: 100
                                    long_term_retention_storage_gb: 100
                                  azurerm_mssql_database.huge:
                                    storage_gb: 500
                                """));

        assertThat(estimate.resource("azurerm_mssql_database.idle")
                        .orElseThrow()
                        .proposed()
                        .monthly())
                .isEqualByComparingTo("65");
        assertThat(estimate.resource("azurerm_mssql_database.huge")
                        .orElseThrow()
                        .proposed()
                        .monthly())
                .isEqualByComparingTo("465");
        assertThat(estimate.resource("azurerm_mssql_database.pooled")
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.FREE);
    }

    @Test
    void withoutImportedPricesItIsSaidThatThereAreNone() {
        ResourceEstimate machine = Drafts.draft()
                .create("azurerm_linux_virtual_machine", "it", "{'location': 'westeurope', 'size': 'Standard_D2s_v3'}")
                .only();

        assertThat(machine.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(machine.region()).contains("westeurope");
        assertThat(machine.problems()).anyMatch(problem -> problem.contains("no Azure Virtual Machines prices"));
    }

    @Test
    void thereAreAtLeastTwentyTypesOfEach() {
        assertThat(AzurePricers.types()).hasSizeGreaterThanOrEqualTo(20).noneMatch(AzurePricers::free);
        assertThat(GcpPricers.types()).hasSizeGreaterThanOrEqualTo(20).noneMatch(GcpPricers::free);
    }
}

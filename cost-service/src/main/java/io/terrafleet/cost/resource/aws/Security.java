package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Secrets, certificates and web firewalls; keys. */
final class Security {
    private static final String KEYS = "awskms";

    private Security() {}

    /** Keys that sign or encrypt with a pair cost more for each request than plain ones. */
    static void key(Resource key, Bill bill) {
        bill.monthly("Customer master key", "months", BigDecimal.ONE, key.rate(KEYS, "Key"));
        String spec = key.text("customer_master_key_spec", "SYMMETRIC_DEFAULT");
        if (spec.equals("RSA_2048")) {
            requests(key, bill, "Requests (RSA 2048)", "monthly_requests", "Requests RSA 2048");
        } else if (spec.startsWith("RSA_") || spec.startsWith("ECC_") || spec.startsWith("SM2")) {
            requests(key, bill, "Requests (asymmetric)", "monthly_requests", "Requests asymmetric");
        } else {
            requests(key, bill, "Requests", "monthly_requests", "Requests");
            requests(key, bill, "ECC GenerateDataKeyPair requests", "monthly_ecc_requests", "ECC requests");
            requests(key, bill, "RSA GenerateDataKeyPair requests", "monthly_rsa_requests", "RSA requests");
        }
    }

    private static void requests(Resource key, Bill bill, String name, String usageKey, String priceKey) {
        bill.used(name, "10k requests", key.usage().number(usageKey, 10_000), key.rate(KEYS, priceKey));
    }

    /** A copy in another region is billed like the secret itself. */
    static void secret(Resource secret, Bill bill) {
        BigDecimal copies = BigDecimal.valueOf(1L + secret.blocks("replica").size());
        bill.monthly("Secret", "months", copies, secret.rate("AWSSecretsManager", "Secret"));
        bill.used(
                "API requests",
                "10k requests",
                secret.usage().number("monthly_requests", 10_000),
                secret.rate("AWSSecretsManager", "API"));
    }

    static void webAcl(Resource acl, Bill bill) {
        boolean second = acl.type().equals("aws_wafv2_web_acl");
        List<Block> rules = acl.blocks(second ? "rule" : acl.type().equals("aws_waf_web_acl") ? "rules" : "rule");
        long groups = rules.stream()
                .filter(rule -> second ? isOwnGroup(rule) : isGroup(rule))
                .count();
        long managed = second ? rules.stream().filter(Security::isManagedGroup).count() : 0;
        Usage usage = acl.usage();
        BigDecimal single = BigDecimal.valueOf(rules.size() - groups - managed)
                .add(usage.number("rule_group_rules", BigDecimal.ZERO))
                .add(usage.number("managed_rule_group_rules", BigDecimal.ZERO));
        bill.monthly("Web ACL usage", "months", BigDecimal.ONE, acl.rate("awswaf", "WebACL"));
        count(bill, "Rules", "rules", single, acl.rate("awswaf", "Rule"));
        count(bill, "Rule groups", "groups", BigDecimal.valueOf(groups), acl.rate("awswaf", "Rule group"));
        count(bill, "Managed rule groups", "groups", BigDecimal.valueOf(managed), acl.rate("awswaf", "Rule group"));
        bill.used(
                "Requests", "1M requests", usage.number("monthly_requests", 1_000_000), acl.rate("awswaf", "Requests"));
    }

    private static void count(Bill bill, String name, String unit, BigDecimal count, Quote price) {
        if (count.signum() > 0) {
            bill.monthly(name, unit, count, price);
        }
    }

    private static boolean isGroup(Block rule) {
        return rule.text("type").filter("GROUP"::equals).isPresent();
    }

    private static boolean isOwnGroup(Block rule) {
        return rule.block("statement")
                .flatMap(statement -> statement.block("rule_group_reference_statement"))
                .isPresent();
    }

    private static boolean isManagedGroup(Block rule) {
        return rule.block("statement")
                .flatMap(statement -> statement.block("managed_rule_group_statement"))
                .isPresent();
    }

    /** Public certificates are free; those of a private authority are billed when they are issued. */
    static void certificate(Resource certificate, Bill bill) {
        if (certificate.has("certificate_authority_arn") || certificate.deferred("certificate_authority_arn")) {
            bill.used(
                    "Certificate", "requests", Optional.of(BigDecimal.ONE), certificate.rate("ACMPCA", "Certificate"));
        }
    }

    static void authority(Resource authority, Bill bill) {
        boolean shortLived = authority.text("usage_mode", "GENERAL_PURPOSE").equals("SHORT_LIVED_CERTIFICATE");
        bill.monthly(
                shortLived
                        ? "Private certificate authority (short-lived certificate mode)"
                        : "Private certificate authority",
                "months",
                BigDecimal.ONE,
                authority.rate("ACMPCA", shortLived ? "Short-lived CA" : "General-purpose CA"));
        bill.used(
                shortLived ? "Certificates (short-lived)" : "Certificates",
                "requests",
                authority.usage().number("monthly_requests"),
                authority.rate("ACMPCA", shortLived ? "Certificates short-lived" : "Certificates"));
    }
}

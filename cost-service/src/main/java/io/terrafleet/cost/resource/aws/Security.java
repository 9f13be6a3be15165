package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Secrets, certificates and web firewalls; keys are a flat rate in {@link AwsPricers}. */
final class Security {
    private Security() {}

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

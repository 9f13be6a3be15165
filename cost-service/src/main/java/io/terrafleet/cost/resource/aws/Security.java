package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;

/** Secrets, certificates and web firewalls; keys are a flat rate in {@link AwsPricers}. */
final class Security {
    private Security() {}

    /** A copy in another region is billed like the secret itself. */
    static void secret(Resource secret, Bill bill) {
        BigDecimal copies = BigDecimal.valueOf(1L + secret.blocks("replica").size());
        bill.monthly("Secret", "months", copies, secret.rate("AWSSecretsManager", "Secret"));
        bill.usage("API requests", "10k requests", secret.rate("AWSSecretsManager", "API"));
    }

    static void webAcl(Resource acl, Bill bill) {
        int rules = acl.size(acl.type().equals("aws_wafv2_web_acl") ? "rule" : "rules", 0);
        bill.monthly("Web ACL usage", "months", BigDecimal.ONE, acl.rate("awswaf", "WebACL"));
        if (rules > 0) {
            bill.monthly("Rules", "rules", BigDecimal.valueOf(rules), acl.rate("awswaf", "Rule"));
        }
        bill.usage("Requests", "1M requests", acl.rate("awswaf", "Requests"));
    }

    /** Public certificates are free; those of a private authority are billed when they are issued. */
    static void certificate(Resource certificate, Bill bill) {
        if (certificate.has("certificate_authority_arn") || certificate.deferred("certificate_authority_arn")) {
            bill.usage("Certificate", "requests", certificate.rate("ACMPCA", "Certificate"));
        }
    }

    static void authority(Resource authority, Bill bill) {
        boolean shortLived = authority.text("usage_mode", "GENERAL_PURPOSE").equals("SHORT_LIVED_CERTIFICATE");
        bill.monthly(
                "Private certificate authority",
                "months",
                BigDecimal.ONE,
                authority.rate("ACMPCA", shortLived ? "Short-lived CA" : "General-purpose CA"));
    }
}

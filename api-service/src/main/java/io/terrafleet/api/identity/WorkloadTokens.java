package io.terrafleet.api.identity;

import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.contracts.runner.IdentityToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which tokens a phase gets, by the documented environment variables of its workspace:
 * https://developer.hashicorp.com/terraform/enterprise/workspaces/dynamic-provider-credentials. A variable may end in {@code _TAG}
 * for one of several configurations.
 */
@ApplicationScoped
public class WorkloadTokens {
    private static final String GENERIC = "TFC_WORKLOAD_IDENTITY_AUDIENCE";
    private static final Map<String, String> AUDIENCES = Map.of(
            "AWS", "aws.workload.identity",
            "AZURE", "api://AzureADTokenExchange",
            "VAULT", "vault.workload.identity",
            "KUBERNETES", "kubernetes",
            "GCP", "");
    private static final int MOST = 50;

    private final Identities identities;
    private final RunTokens runTokens;
    private final PublicUrl url;

    WorkloadTokens(Identities identities, RunTokens runTokens, PublicUrl url) {
        this.identities = identities;
        this.runTokens = runTokens;
        this.url = url;
    }

    /**
     * The first one is for this platform itself, its public address the audience.
     *
     * @param environment the {@code env} variables of the phase
     */
    public List<IdentityToken> of(Workload workload, Map<String, String> environment, Duration goodFor) {
        List<IdentityToken> tokens = new ArrayList<>();
        tokens.add(new IdentityToken("registry", "", url.toString(), runTokens.token(workload, goodFor)));
        new TreeMap<>(environment).forEach((name, value) -> {
            if (tokens.size() < MOST) {
                wanted(name, value, environment)
                        .ifPresent(
                                wish -> tokens.add(token(wish.kind(), wish.tag(), wish.audience(), workload, goodFor)));
            }
        });
        return List.copyOf(tokens);
    }

    private record Wish(String kind, String tag, String audience) {}

    private static Optional<Wish> wanted(String name, String value, Map<String, String> environment) {
        Optional<String> generic = tag(name, GENERIC);
        if (generic.isPresent()) {
            return value.isBlank() ? Optional.empty() : Optional.of(new Wish("generic", generic.get(), value));
        }
        for (Map.Entry<String, String> cloud : AUDIENCES.entrySet()) {
            String prefix = "TFC_" + cloud.getKey();
            Optional<String> tag = tag(name, prefix + "_PROVIDER_AUTH");
            if (tag.isPresent() && value.strip().equalsIgnoreCase("true")) {
                String kind = cloud.getKey().toLowerCase(java.util.Locale.ROOT);
                String audience = setting(environment, cloud.getKey() + "_WORKLOAD_IDENTITY_AUDIENCE", tag.get())
                        .orElseGet(() -> kind.equals("gcp") ? gcp(environment, tag.get()) : cloud.getValue());
                return Optional.of(new Wish(kind, tag.get(), audience));
            }
        }
        return Optional.empty();
    }

    /** The resource name of the workload identity provider, given whole or in parts. */
    private static String gcp(Map<String, String> environment, String tag) {
        String provider = setting(environment, "GCP_WORKLOAD_PROVIDER_NAME", tag)
                .orElseGet(() -> "projects/"
                        + setting(environment, "GCP_PROJECT_NUMBER", tag).orElse("")
                        + "/locations/global/workloadIdentityPools/"
                        + setting(environment, "GCP_WORKLOAD_POOL_ID", tag).orElse("") + "/providers/"
                        + setting(environment, "GCP_WORKLOAD_PROVIDER_ID", tag).orElse(""));
        return "//iam.googleapis.com/" + provider;
    }

    /** {@code TFC_…_TAG}, or for a tagged configuration what {@code TFC_DEFAULT_…} says. */
    private static Optional<String> setting(Map<String, String> environment, String name, String tag) {
        String own = tag.isEmpty() ? "TFC_" + name : "TFC_" + name + "_" + tag;
        return Optional.ofNullable(environment.get(own))
                .or(() ->
                        tag.isEmpty() ? Optional.empty() : Optional.ofNullable(environment.get("TFC_DEFAULT_" + name)))
                .filter(text -> !text.isBlank());
    }

    /** The tag behind the name; empty text for the name itself; nothing for another name. */
    private static Optional<String> tag(String name, String wanted) {
        if (name.equals(wanted)) {
            return Optional.of("");
        }
        return name.startsWith(wanted + "_") ? Optional.of(name.substring(wanted.length() + 1)) : Optional.empty();
    }

    private IdentityToken token(String kind, String tag, String audience, Workload workload, Duration goodFor) {
        return new IdentityToken(kind, tag, audience, identities.token(workload, audience, goodFor));
    }
}

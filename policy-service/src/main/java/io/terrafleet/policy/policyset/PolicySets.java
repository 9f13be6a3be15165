package io.terrafleet.policy.policyset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.artifact.ArtifactRefused;
import io.terrafleet.policy.artifact.Artifacts;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.problem.RegoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The door to policy text: a set's policies, compiled; the sets used last are kept by their content's hash. */
public final class PolicySets {
    private static final long MOST_SECRET_BYTES = 4_000_000;

    private final Artifacts artifacts;
    private final Library library;
    private final Map<String, CompiledPolicies> compiled;

    /** @param kept how many compiled sets to keep */
    public PolicySets(Artifacts artifacts, Library library, int kept) {
        this.artifacts = artifacts;
        this.library = library;
        this.compiled = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, CompiledPolicies> eldest) {
                return size() > kept;
            }
        };
    }

    /**
     * @throws io.terrafleet.messaging.TryLater when the api cannot be reached for the bundle
     * @throws PolicySetUnusable when there is nothing to judge by
     */
    public CompiledPolicies compiled(PolicySetRef set) throws PolicySetUnusable {
        if (set.library()) {
            return library.policies();
        }
        ArtifactRef bundle =
                set.bundle().orElseThrow(() -> new PolicySetUnusable("the set names neither the library nor a bundle"));
        CompiledPolicies known = known(bundle.sha256());
        if (known != null) {
            return known;
        }
        CompiledPolicies fresh = compile(fetch(bundle));
        synchronized (compiled) {
            compiled.put(bundle.sha256(), fresh);
        }
        return fresh;
    }

    /**
     * What is to be asked of a set: of the library also the optional rules that its parameter turns on, of a bundle that does not say it
     * the rules that are named by convention.
     *
     * @throws PolicySetUnusable when the parameter names what is not there, or when there is nothing to ask
     */
    public static PolicySetRef asked(PolicySetRef set, CompiledPolicies compiled) throws PolicySetUnusable {
        JsonNode parameter = set.parameters().get(Library.OPTIONAL_RULES);
        if (set.library() && parameter != null) {
            return set.asking(withOptional(set, parameter));
        }
        if (!byConvention(set)) {
            return set;
        }
        Enforcement blocking = set.agreed().overridable() ? Enforcement.MANDATORY : Enforcement.HARD_MANDATORY;
        List<PolicyRef> found = Conventions.policies(compiled, blocking);
        if (found.isEmpty()) {
            throw new PolicySetUnusable(
                    "it has no policies.hcl that says what to ask, and no rule named deny, violation or warn");
        }
        return set.asking(found);
    }

    /** Whether a set's bundle leaves it to convention what is asked. */
    public static boolean byConvention(PolicySetRef set) {
        return !set.library() && set.policies().isEmpty();
    }

    private static List<PolicyRef> withOptional(PolicySetRef set, JsonNode parameter) throws PolicySetUnusable {
        try {
            List<PolicyRef> policies = new ArrayList<>(set.policies());
            Library.turnedOn(parameter).stream()
                    .filter(rule ->
                            policies.stream().noneMatch(known -> known.name().equals(rule.name())))
                    .forEach(policies::add);
            return policies;
        } catch (IllegalArgumentException e) {
            throw new PolicySetUnusable(e.getMessage() == null ? "optional_rules is not valid" : e.getMessage());
        }
    }

    /**
     * The set with its secret parameters among the others, for the judge alone.
     *
     * @throws io.terrafleet.messaging.TryLater when the api cannot be reached for them
     */
    public Unsealed unsealed(PolicySetRef set) throws PolicySetUnusable {
        Optional<ArtifactRef> secrets = set.agreed().secrets();
        if (secrets.isEmpty()) {
            return new Unsealed(set, Map.of());
        }
        try {
            byte[] json = artifacts.fetch("the set's sensitive parameters", secrets.get(), MOST_SECRET_BYTES);
            Map<String, JsonNode> hidden = Json.mapper().readValue(json, new TypeReference<>() {});
            Map<String, JsonNode> all = new TreeMap<>(set.parameters());
            all.putAll(hidden);
            return new Unsealed(
                    new PolicySetRef(
                            set.id(), set.name(), set.library(), set.bundle(), set.policies(), all, set.terms()),
                    hidden);
        } catch (ArtifactRefused e) {
            throw new PolicySetUnusable(e.getMessage() == null ? "its parameters are refused" : e.getMessage());
        } catch (IOException e) {
            throw new PolicySetUnusable("its sensitive parameters cannot be read");
        }
    }

    /** @param secrets those parameters that nobody may read in an outcome */
    public record Unsealed(PolicySetRef set, Map<String, JsonNode> secrets) {}

    private @Nullable CompiledPolicies known(String sha256) {
        synchronized (compiled) {
            return compiled.get(sha256);
        }
    }

    private byte[] fetch(ArtifactRef bundle) throws PolicySetUnusable {
        try {
            return artifacts.fetch("the bundle", bundle, Bundle.MOST_PACKED);
        } catch (ArtifactRefused e) {
            throw new PolicySetUnusable(e.getMessage() == null ? "the bundle is refused" : e.getMessage());
        }
    }

    static CompiledPolicies compile(byte[] archive) throws PolicySetUnusable {
        try {
            return RegoCompiler.compile(Bundle.read(archive));
        } catch (RegoException e) {
            throw new PolicySetUnusable(e.errors().getFirst().toString());
        } catch (StackOverflowError e) {
            throw new PolicySetUnusable("the policies nest too deeply");
        }
    }
}

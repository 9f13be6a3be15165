package io.terrafleet.policy.policyset;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.artifact.ArtifactRefused;
import io.terrafleet.policy.artifact.Artifacts;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.problem.RegoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The door to policy text: a set's policies, compiled; the sets used last are kept by their content's hash. */
public final class PolicySets {
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
     * What is to be asked of a set: of the library also the optional rules that its parameter turns on.
     *
     * @throws PolicySetUnusable when the parameter names what is not there
     */
    public static PolicySetRef asked(PolicySetRef set) throws PolicySetUnusable {
        JsonNode parameter = set.parameters().get(Library.OPTIONAL_RULES);
        if (!set.library() || parameter == null) {
            return set;
        }
        try {
            List<PolicyRef> policies = new ArrayList<>(set.policies());
            Library.turnedOn(parameter).stream()
                    .filter(rule ->
                            policies.stream().noneMatch(known -> known.name().equals(rule.name())))
                    .forEach(policies::add);
            return new PolicySetRef(set.id(), set.name(), true, set.bundle(), policies, set.parameters());
        } catch (IllegalArgumentException e) {
            throw new PolicySetUnusable(e.getMessage() == null ? "optional_rules is not valid" : e.getMessage());
        }
    }

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

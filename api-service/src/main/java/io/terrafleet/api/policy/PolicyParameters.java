package io.terrafleet.api.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The door to what policies of a set are told. What is sensitive is sealed and never shown again; its judge gets all of it as one artifact,
 * for events carry no secrets.
 */
@ApplicationScoped
public class PolicyParameters {
    private static final int LONGEST_VALUE = 32 * 1024;
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final PolicySetStore store;
    private final PolicyBounds bounds;
    private final Artifacts artifacts;
    private final Secrets secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    PolicyParameters(
            PolicySetStore store,
            PolicyBounds bounds,
            Artifacts artifacts,
            Secrets secrets,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.bounds = bounds;
        this.artifacts = artifacts;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /** In the order of their keys. */
    @Transactional
    public List<PolicyParameter> list(String policySetId) {
        return store.parameters(policySetId).stream().map(PolicyRows::view).toList();
    }

    @Transactional
    public Optional<PolicyParameter> find(String policySetId, String id) {
        return store.parameter(policySetId, id).map(PolicyRows::view);
    }

    @Transactional
    public PolicyParameter create(String policySetId, String key, String value, boolean sensitive) {
        PolicySetEntity set = store.forUpdate(policySetId).orElseThrow(Problem::notFound);
        List<PolicyParameterEntity> present = store.parameters(policySetId);
        if (present.size() >= PolicyBounds.MOST_PARAMETERS) {
            throw Problem.unprocessable("A set may have at most " + PolicyBounds.MOST_PARAMETERS + " parameters.");
        }
        PolicyParameterEntity parameter = new PolicyParameterEntity();
        parameter.id = Ids.make("var", random);
        parameter.policySetId = policySetId;
        parameter.createdAt = clock.instant();
        put(set, parameter, key, value, sensitive);
        store.add(parameter);
        told(set, sensitive);
        return PolicyRows.view(parameter);
    }

    /** What is sensitive stays so; its value can only be replaced. */
    @Transactional
    public PolicyParameter change(
            String policySetId, String id, Optional<String> key, Optional<String> value, Optional<Boolean> sensitive) {
        PolicySetEntity set = store.forUpdate(policySetId).orElseThrow(Problem::notFound);
        PolicyParameterEntity parameter = store.parameter(policySetId, id).orElseThrow(Problem::notFound);
        boolean was = parameter.sealedValue != null;
        if (was && !sensitive.orElse(true)) {
            throw Problem.invalid("sensitive", "Sensitive can't be taken away; create another parameter");
        }
        put(
                set,
                parameter,
                key.orElse(parameter.key),
                value.orElseGet(() -> value(parameter)),
                was || sensitive.orElse(false));
        store.flush();
        told(set, parameter.sealedValue != null);
        return PolicyRows.view(parameter);
    }

    @Transactional
    public void delete(String policySetId, String id) {
        PolicySetEntity set = store.forUpdate(policySetId).orElseThrow(Problem::notFound);
        PolicyParameterEntity parameter = store.parameter(policySetId, id).orElseThrow(Problem::notFound);
        store.remove(parameter);
        told(set, parameter.sealedValue != null);
    }

    /** Runs that were judged refer to what was sealed before, so that stays. */
    private void told(PolicySetEntity set, boolean sensitive) {
        if (sensitive) {
            Map<String, JsonNode> hidden = new TreeMap<>();
            store.parameters(set.id).stream()
                    .filter(row -> row.sealedValue != null)
                    .forEach(row -> hidden.put(row.key, parsed(value(row))));
            set.secretsArtifactId = hidden.isEmpty()
                    ? null
                    : artifacts.store(Json.write(hidden)).id();
            store.flush();
        }
        bounds.require(set.organizationId);
    }

    private String value(PolicyParameterEntity row) {
        return row.sealedValue == null ? row.value : secrets.unsealText(row.sealedValue, row.context());
    }

    /** JSON as what it is, any other text as a string. */
    static JsonNode parsed(String value) {
        return json(value).orElseGet(() -> TextNode.valueOf(value));
    }

    private void put(
            PolicySetEntity set, PolicyParameterEntity parameter, String key, String value, boolean sensitive) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(
                    "key",
                    "Key must begin with a letter or _, and can only include letters, numbers, -, and _; at most 128");
        }
        boolean taken = store.parameters(set.id).stream()
                .anyMatch(other -> other.key.equals(key) && !other.id.equals(parameter.id));
        if (taken) {
            throw Problem.invalid("key", "Key has already been taken");
        }
        if (value.length() > LONGEST_VALUE) {
            throw Problem.invalid("value", "Value is too long (at most " + LONGEST_VALUE + " characters)");
        }
        if (set.library && json(value).isEmpty()) {
            throw Problem.invalid(
                    "value", "Value must be JSON for the built-in policies, for example [\"ami-0123456789abcdef0\"]");
        }
        parameter.key = key;
        parameter.value = sensitive ? "" : value;
        parameter.sealedValue = sensitive ? secrets.seal(value, parameter.context()) : null;
    }

    private static Optional<JsonNode> json(String value) {
        try {
            JsonNode node = STRICT.readTree(value);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}

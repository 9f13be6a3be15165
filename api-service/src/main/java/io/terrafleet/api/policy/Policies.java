package io.terrafleet.api.policy;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.Enforcement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The door to single policies: what is asked, how strictly, and its text. */
@ApplicationScoped
public class Policies {
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+\\S", Pattern.MULTILINE);

    private final PolicyStore store;
    private final PolicyBounds bounds;
    private final InstantSource clock;
    private final RandomGenerator random;

    Policies(
            PolicyStore store,
            PolicyBounds bounds,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<Policy> find(String id) {
        return store.find(id).map(this::view);
    }

    /** By name. */
    @Transactional
    public List<Policy> list(String organizationId, String search, int offset, int limit) {
        return store.list(organizationId, Search.containing(search), offset, limit).stream()
                .map(this::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId, String search) {
        return store.count(organizationId, Search.containing(search));
    }

    /** Advisory unless told. It can join a set when its text is there. */
    @Transactional
    public Policy create(String organizationId, PolicySettings settings) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        String query = settings.query().orElseThrow(() -> Problem.invalid("query", "Query can't be blank"));
        if (store.count(organizationId, "%") >= PolicyBounds.MOST_POLICIES) {
            throw Problem.unprocessable(
                    "An organization may have at most " + PolicyBounds.MOST_POLICIES + " policies.");
        }
        PolicyEntity policy =
                row(organizationId, name, query, settings.enforcement().orElse(Enforcement.ADVISORY), false);
        policy.description = settings.description().orElse("");
        requireFree(organizationId, name, policy.id);
        store.add(policy);
        return view(policy);
    }

    /** One of the rules that the policy-service ships. */
    @Transactional
    Policy createBuiltIn(String organizationId, String name, String query, String description) {
        PolicyEntity policy = row(organizationId, name, query, Enforcement.MANDATORY, true);
        policy.description = description;
        store.add(policy);
        return view(policy);
    }

    /** Of a built-in rule only the enforcement level and the description can be changed. */
    @Transactional
    public Policy change(String id, PolicySettings settings) {
        PolicyEntity policy = store.find(id).orElseThrow(Problem::notFound);
        settings.name().filter(name -> !name.equals(policy.name)).ifPresent(name -> {
            requireOwn(policy, "name");
            requireFree(policy.organizationId, name, id);
            policy.name = name;
        });
        settings.query().filter(query -> !query.equals(policy.query)).ifPresent(query -> {
            requireOwn(policy, "query");
            policy.query = query;
        });
        settings.description().ifPresent(description -> policy.description = description);
        settings.enforcement().ifPresent(enforcement -> policy.enforcement = enforcement.word());
        store.flush();
        bounds.require(policy.organizationId);
        return view(policy);
    }

    /** @param rego its text, UTF-8, that parses; whether it compiles together with its set is seen when it is first asked */
    @Transactional
    public Policy upload(String id, byte[] rego) {
        PolicyEntity policy = store.find(id).orElseThrow(Problem::notFound);
        if (policy.library) {
            throw Problem.unprocessable("A built-in policy has no text to upload; create a policy of your own.");
        }
        if (rego.length > PolicyBounds.MOST_TEXT_BYTES) {
            throw Problem.tooLarge("A policy may have at most " + PolicyBounds.MOST_TEXT_BYTES + " bytes.");
        }
        String text = text(rego);
        if (!PACKAGE.matcher(text).find()) {
            throw Problem.unprocessable("The text is not a Rego policy: it has no \"package\" line.");
        }
        RegoText.require("policy.rego", text);
        store.rego(policy, text, sha256(rego), clock.instant());
        store.setsOf(id).forEach(bounds::requireText);
        return view(policy);
    }

    /** Its text; empty while there is none, and for built-in rules. */
    @Transactional
    public Optional<String> rego(String id) {
        return store.rego(id);
    }

    /** It leaves every set. */
    @Transactional
    public void delete(String id) {
        PolicyEntity policy = store.find(id).orElseThrow(Problem::notFound);
        if (policy.library) {
            throw Problem.unprocessable(
                    "A built-in policy cannot be deleted; take it out of its set, or make it advisory.");
        }
        store.remove(policy);
    }

    private PolicyEntity row(
            String organizationId, String name, String query, Enforcement enforcement, boolean library) {
        PolicyEntity policy = new PolicyEntity();
        policy.id = Ids.make("pol", random);
        policy.organizationId = organizationId;
        policy.name = name;
        policy.query = query;
        policy.enforcement = enforcement.word();
        policy.library = library;
        policy.createdAt = clock.instant();
        return policy;
    }

    private void requireFree(String organizationId, String name, String id) {
        if (store.byName(organizationId, name)
                .filter(other -> !other.id.equals(id))
                .isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }

    private Policy view(PolicyEntity policy) {
        return PolicyRows.view(policy, store.setsOf(policy.id));
    }

    private static void requireOwn(PolicyEntity policy, String attribute) {
        if (policy.library) {
            throw Problem.invalid(attribute, "The " + attribute + " of a built-in policy cannot be changed");
        }
    }

    private static String text(byte[] rego) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(rego))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw Problem.unprocessable("The text is not a Rego policy: it contains the character NUL.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw Problem.unprocessable("The text is not a Rego policy: it is not UTF-8.");
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

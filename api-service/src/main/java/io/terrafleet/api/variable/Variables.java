package io.terrafleet.api.variable;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.runner.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to variables. At most 1000 to a workspace; a key is there once in each category. */
@ApplicationScoped
public class Variables {
    private static final int MOST = 1_000;

    private final VariableStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    Variables(
            VariableStore store,
            Secrets secrets,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /** In clear, by key: for the runner of a phase that was claimed, and for nobody else. */
    @Transactional
    public List<Claim.Variable> forRun(WorkspaceId workspace) {
        return store.of(workspace.value()).stream()
                .map(variable -> new Claim.Variable(
                        variable.key, unseal(variable), variable.category, variable.hcl, variable.sensitive))
                .toList();
    }

    /** By key. */
    @Transactional
    public List<Variable> of(WorkspaceId workspace) {
        return store.of(workspace.value()).stream().map(this::view).toList();
    }

    @Transactional
    public Optional<Variable> find(String id) {
        return store.find(id).map(this::view);
    }

    @Transactional
    public Variable create(WorkspaceId workspace, VariableSettings settings) {
        VariableEntity variable = new VariableEntity();
        variable.id = Ids.make("var", random);
        variable.workspaceId = workspace.value();
        variable.category =
                settings.category().orElseThrow(() -> Problem.invalid("category", "Category can't be blank"));
        variable.key = settings.key().orElseThrow(() -> Problem.invalid("key", "Key can't be blank"));
        variable.description = "";
        variable.createdAt = clock.instant();
        variable.sealed = secrets.seal("", variable.context());
        if (store.count(workspace.value()) >= MOST) {
            throw Problem.unprocessable("A workspace may have at most " + MOST + " variables.");
        }
        apply(settings, variable);
        store.add(variable);
        return view(variable);
    }

    /** A sensitive variable stays sensitive: to show its value again, it must be deleted and made anew. */
    @Transactional
    public Variable change(String id, VariableSettings settings) {
        VariableEntity variable = store.forUpdate(id).orElseThrow(Problem::notFound);
        if (variable.sensitive && settings.sensitive().filter(wanted -> !wanted).isPresent()) {
            throw Problem.invalid(
                    "sensitive", "Sensitive cannot be taken back; delete the variable and make a new one");
        }
        apply(settings, variable);
        store.flush();
        return view(variable);
    }

    @Transactional
    public void delete(String id) {
        store.remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    private void apply(VariableSettings settings, VariableEntity variable) {
        String category = settings.category().orElse(variable.category);
        String key = settings.key().orElse(variable.key);
        VariableKey.check(category, key);
        store.byKey(variable.workspaceId, category, key)
                .filter(other -> !other.id.equals(variable.id))
                .ifPresent(other -> {
                    throw Problem.invalid("key", "Key has already been taken");
                });
        variable.category = category;
        variable.key = key;
        settings.value().ifPresent(value -> variable.sealed = secrets.seal(value, variable.context()));
        settings.sensitive().ifPresent(sensitive -> variable.sensitive = sensitive);
        settings.hcl().ifPresent(hcl -> variable.hcl = hcl);
        settings.description().ifPresent(description -> variable.description = description);
        if (variable.hcl && variable.category.equals("env")) {
            throw Problem.invalid("hcl", "Hcl must be false for an environment variable, which is always a text");
        }
        variable.versionId = Ids.make("varver", random);
    }

    private Variable view(VariableEntity variable) {
        return new Variable(
                variable.id,
                new WorkspaceId(variable.workspaceId),
                variable.category,
                variable.key,
                variable.sensitive ? Optional.empty() : Optional.of(unseal(variable)),
                variable.sensitive,
                variable.hcl,
                variable.description,
                variable.versionId,
                variable.createdAt);
    }

    private String unseal(VariableEntity variable) {
        return secrets.unsealText(variable.sealed, variable.context());
    }
}

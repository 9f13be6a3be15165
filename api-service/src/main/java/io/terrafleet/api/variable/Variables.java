package io.terrafleet.api.variable;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.runner.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The door to variables. At most 1000 to a workspace or a set; there, a key is once in each category. */
@ApplicationScoped
public class Variables {
    private static final int MOST = 1_000;

    private final VariableStore store;
    private final VariableSets sets;
    private final Secrets secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    Variables(
            VariableStore store,
            VariableSets sets,
            Secrets secrets,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.sets = sets;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /** In clear: for the runner of a phase that was claimed, and for nobody else. What no run gave itself, by key. */
    @Transactional
    public List<Claim.Variable> forRun(Workspace workspace) {
        return forRun(workspace, List.of());
    }

    /**
     * The same for a run with variables of its own.
     *
     * @param own as given with the run: stronger than the workspace's, weaker than those of sets with priority
     */
    @Transactional
    public List<Claim.Variable> forRun(Workspace workspace, List<Claim.Variable> own) {
        Ranked ranked = ranked(workspace);
        Map<String, Claim.Variable> strongest = new TreeMap<>();
        Stream.of(clear(ranked.strong()), own, clear(ranked.own()), clear(ranked.weak()))
                .flatMap(List::stream)
                .forEach(variable -> strongest.putIfAbsent(variable.key() + "\n" + variable.category(), variable));
        return List.copyOf(strongest.values());
    }

    private List<Claim.Variable> clear(List<VariableEntity> sealed) {
        return sealed.stream().map(this::clear).toList();
    }

    /** What a run gets under a key, without its value. */
    public record Kind(String key, String category, boolean sensitive) {}

    /** Of all that {@link #forRun} would give it; nothing is opened for that. */
    @Transactional
    public List<Kind> kinds(Workspace workspace) {
        Map<String, Kind> strongest = new TreeMap<>();
        Ranked ranked = ranked(workspace);
        Stream.of(ranked.strong(), ranked.own(), ranked.weak())
                .flatMap(List::stream)
                .forEach(variable -> strongest.putIfAbsent(
                        variable.key + "\n" + variable.category,
                        new Kind(variable.key, variable.category, variable.sensitive)));
        return List.copyOf(strongest.values());
    }

    private record Ranked(List<VariableEntity> strong, List<VariableEntity> own, List<VariableEntity> weak) {}

    private Ranked ranked(Workspace at) {
        List<VariableSet> reaching = sets.reaching(at);
        String id = at.id().value();
        return new Ranked(
                ofSets(Precedence.strong(reaching, at.projectId(), id)),
                store.of(new VariableOwner.OfWorkspace(at.id())),
                ofSets(Precedence.weak(reaching, at.projectId(), id)));
    }

    private Claim.Variable clear(VariableEntity variable) {
        return new Claim.Variable(variable.key, unseal(variable), variable.category, variable.hcl, variable.sensitive);
    }

    /** In the order of the sets. */
    private List<VariableEntity> ofSets(List<VariableSet> ranked) {
        Map<String, List<VariableEntity>> bySet = store
                .ofSets(ranked.stream().map(VariableSet::id).toList())
                .stream()
                .collect(Collectors.groupingBy(variable -> variable.owner().id()));
        return ranked.stream()
                .flatMap(set -> bySet.getOrDefault(set.id(), List.of()).stream())
                .toList();
    }

    /**
     * A variable that reaches a workspace.
     *
     * @param overwriter the id of the one that a run gets in its place, when it is not this one
     * @param overwritten the ids of those in whose place a run gets this one, the strongest first
     */
    public record Reaching(Variable variable, Optional<String> overwriter, List<String> overwritten) {}

    /** The workspace's own and those of sets, the strongest of each name first. */
    @Transactional
    public List<Reaching> reaching(Workspace workspace) {
        Ranked ranked = ranked(workspace);
        Map<String, List<VariableEntity>> byName = Stream.of(ranked.strong(), ranked.own(), ranked.weak())
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        variable -> variable.key + "\n" + variable.category, LinkedHashMap::new, Collectors.toList()));
        return byName.values().stream()
                .flatMap(rivals -> rivals.stream().map(one -> reaching(one, rivals)))
                .sorted(Comparator.comparing(found -> found.variable().key()))
                .toList();
    }

    /** @param rivals of one name, the strongest first, this one among them */
    private Reaching reaching(VariableEntity one, List<VariableEntity> rivals) {
        String winner = rivals.getFirst().id;
        return winner.equals(one.id)
                ? new Reaching(
                        view(one),
                        Optional.empty(),
                        rivals.stream().skip(1).map(rival -> rival.id).toList())
                : new Reaching(view(one), Optional.of(winner), List.of());
    }

    /** By key. */
    @Transactional
    public List<Variable> of(WorkspaceId workspace) {
        return of(new VariableOwner.OfWorkspace(workspace));
    }

    /** By key. */
    @Transactional
    public List<Variable> of(VariableOwner owner) {
        return store.of(owner).stream().map(this::view).toList();
    }

    @Transactional
    public Optional<Variable> find(String id) {
        return store.find(id).map(this::view);
    }

    @Transactional
    public Variable create(WorkspaceId workspace, VariableSettings settings) {
        return create(new VariableOwner.OfWorkspace(workspace), settings);
    }

    @Transactional
    public Variable create(VariableOwner owner, VariableSettings settings) {
        VariableEntity variable = new VariableEntity();
        variable.id = Ids.make("var", random);
        variable.belongsTo(owner);
        variable.category =
                settings.category().orElseThrow(() -> Problem.invalid("category", "Category can't be blank"));
        variable.key = settings.key().orElseThrow(() -> Problem.invalid("key", "Key can't be blank"));
        variable.description = "";
        variable.createdAt = clock.instant();
        variable.sealed = secrets.seal("", variable.context());
        if (store.count(owner) >= MOST) {
            throw Problem.unprocessable("A workspace or a variable set may have at most " + MOST + " variables.");
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
        store.byKey(variable.owner(), category, key)
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
                variable.owner(),
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

package io.terrafleet.api.task;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The door to the tasks of organizations. A task's key is sealed and leaves only as a signature. */
@ApplicationScoped
public class RunTasks {
    private static final int MOST_OF_ORGANIZATION = 200;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,90}");

    private final TaskStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    RunTasks(
            TaskStore store,
            Secrets secrets,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<RunTask> find(String id) {
        return store.find(id).map(RunTasks::view);
    }

    /** By name. */
    @Transactional
    public List<RunTask> list(String organizationId, int offset, int limit) {
        return store.list(organizationId, offset, limit).stream()
                .map(RunTasks::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId) {
        return store.count(organizationId);
    }

    @Transactional
    public RunTask create(String organizationId, RunTaskSettings settings) {
        if (store.count(organizationId) >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " run tasks.");
        }
        RunTaskEntity row = new RunTaskEntity();
        row.id = Ids.make("task", random);
        row.organizationId = organizationId;
        row.name = "";
        row.description = "";
        row.url = "";
        row.enabled = true;
        row.globalEnforcement = Level.ADVISORY.word();
        row.globalStages = Stage.POST_PLAN.word();
        row.createdAt = clock.instant();
        put(row, settings);
        store.add(row);
        return view(row);
    }

    @Transactional
    public RunTask change(String id, RunTaskSettings settings) {
        RunTaskEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        put(row, settings);
        store.flush();
        return view(row);
    }

    /** From every workspace too; runs that wait for its answer get to know that it is gone. */
    @Transactional
    public void delete(String id) {
        store.remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    /** What its payloads are signed with; empty when it has none, or is gone. */
    @Transactional
    public Optional<String> key(String id) {
        return store.find(id)
                .flatMap(row -> Optional.ofNullable(row.sealedKey).map(key -> secrets.unsealText(key, row.context())));
    }

    private void put(RunTaskEntity row, RunTaskSettings settings) {
        settings.name().ifPresent(value -> row.name = value);
        if (!NAME.matcher(row.name).matches()) {
            throw Problem.invalid(
                    "name",
                    row.name.isBlank()
                            ? "Name can't be blank"
                            : "Name can only include letters, numbers, -, and _; at most 90");
        }
        if (store.named(row.organizationId, row.name)
                .filter(other -> !other.id.equals(row.id))
                .isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        settings.description().ifPresent(value -> row.description = value);
        settings.url().ifPresent(value -> row.url = value);
        settings.key().ifPresent(value -> row.sealedKey = value.isEmpty() ? null : secrets.seal(value, row.context()));
        settings.enabled().ifPresent(value -> row.enabled = value);
        settings.everywhere().ifPresent(value -> row.global = value);
        settings.level().ifPresent(value -> row.globalEnforcement = value.word());
        settings.stages().ifPresent(value -> row.globalStages = Stage.join(value));
        row.updatedAt = clock.instant();
    }

    static RunTask view(RunTaskEntity row) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        stages.addAll(Stage.split(row.globalStages));
        RunTask.Ask ask = new RunTask.Ask(Level.of(row.globalEnforcement), stages);
        return new RunTask(
                row.id,
                row.organizationId,
                row.name,
                row.description,
                row.url,
                row.sealedKey != null,
                row.enabled,
                row.global ? Optional.of(ask) : Optional.empty(),
                ask,
                row.createdAt,
                row.updatedAt);
    }
}

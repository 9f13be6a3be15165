package io.terrafleet.api.toolversion;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.ToolBuild;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The door to the versions of terraform and OpenTofu that an administrator lists, each engine by itself. While there are none, whatever a workspace asks for is left to the
 * workers. As soon as there are others than builds
 * of their own, {@code latest} and constraints mean the newest of them that is enabled, and one that is listed and not
 * enabled runs nowhere; an exact version that is not listed is taken as before, for clients name the version that they are.
 */
@ApplicationScoped
public class ToolVersions {
    private static final String TERRAFORM = "terraform";
    private static final int MOST = 1_000;
    private static final int LONGEST_REASON = 1_000;

    private final ToolVersionStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    ToolVersions(
            ToolVersionStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** What an administrator may set; what is absent takes its default, or stays as it is. */
    public record Wish(
            Optional<String> engine,
            Optional<String> version,
            Source source,
            Optional<Boolean> enabled,
            Optional<Boolean> beta,
            Optional<Boolean> deprecated,
            Optional<String> deprecatedReason) {
        public Wish {
            engine.filter(name -> !name.equals(TERRAFORM) && !name.equals("tofu"))
                    .ifPresent(name -> {
                        throw Problem.invalid("engine", "Engine must be \"terraform\" or \"tofu\"");
                    });
            version.filter(text -> Release.parse(text).isEmpty()).ifPresent(text -> {
                throw Problem.invalid("version", "Version must be an exact version such as 1.11.4");
            });
            deprecatedReason.filter(text -> text.length() > LONGEST_REASON).ifPresent(text -> {
                throw Problem.invalid(
                        "deprecated-reason", "Deprecated reason may have at most " + LONGEST_REASON + " characters");
            });
        }
    }

    /**
     * Where workers get it.
     *
     * @param url of the zip for linux_amd64
     * @param sha its SHA-256
     * @param builds for all kinds of machines; takes the place of those before
     */
    public record Source(Optional<String> url, Optional<String> sha, Optional<List<ToolBuild>> builds) {
        List<ToolBuild> over(List<ToolBuild> before) {
            List<ToolBuild> base = builds.orElse(before);
            if (url.isEmpty() && sha.isEmpty()) {
                return Builds.checked(base);
            }
            Optional<ToolBuild> usual = Builds.usual(base);
            String address = url.or(() -> usual.map(build -> build.url().toString()))
                    .orElseThrow(() -> Problem.invalid("url", "Url can't be blank when there is a sha"));
            String sum = sha.or(() -> usual.map(ToolBuild::sha256))
                    .orElseThrow(() -> Problem.invalid("sha", "Sha can't be blank when there is a url"));
            return Builds.checked(Builds.with(base, Builds.of("linux", "amd64", address, sum)));
        }
    }

    /** The newest version first. */
    @Transactional
    public List<ToolVersion> list() {
        return store.all().stream()
                .sorted(Comparator.comparing(ToolVersions::release).reversed())
                .map(this::view)
                .toList();
    }

    @Transactional
    public Optional<ToolVersion> find(String id) {
        return store.find(id).map(this::view);
    }

    @Transactional
    public ToolVersion create(Wish wish) {
        if (store.all().size() >= MOST) {
            throw Problem.unprocessable("At most " + MOST + " versions may be listed.");
        }
        String version = wish.version().orElseThrow(() -> Problem.invalid("version", "Version can't be blank"));
        String engine = wish.engine().orElse(TERRAFORM);
        if (store.byVersion(engine, version).isPresent()) {
            throw Problem.invalid("version", "Version has already been taken");
        }
        ToolVersionEntity row = new ToolVersionEntity();
        row.id = Ids.make("tool", random);
        row.engine = engine;
        row.version = version;
        row.enabled = true;
        row.beta = wish.source().over(List.of()).isEmpty()
                && !Release.parse(version).orElseThrow().isFinal();
        row.createdAt = clock.instant();
        apply(wish, row);
        store.add(row);
        store.flush();
        return view(row);
    }

    /** The version itself stays what it is. */
    @Transactional
    public ToolVersion change(String id, Wish wish) {
        ToolVersionEntity row = store.find(id).orElseThrow(Problem::notFound);
        if (wish.version().filter(version -> !version.equals(row.version)).isPresent()) {
            throw Problem.invalid("version", "Version cannot be changed; list the other one beside it");
        }
        if (wish.engine().filter(engine -> !engine.equals(row.engine)).isPresent()) {
            throw Problem.invalid("engine", "Engine cannot be changed; list the version of the other one beside it");
        }
        apply(wish, row);
        store.flush();
        return view(row);
    }

    /** Refused with 409 while workspaces ask for it. */
    @Transactional
    public void delete(String id) {
        ToolVersionEntity row = store.find(id).orElseThrow(Problem::notFound);
        long usage = store.usage(row.engine, row.version);
        if (usage > 0) {
            throw Problem.conflict("Version " + row.version + " is in use by " + usage
                    + " workspaces and cannot be deleted; disable it.");
        }
        store.remove(row);
    }

    /** 422 for an exact version that is listed and may not be used. */
    @Transactional
    public void requireChoosable(String engine, String wanted, boolean betaTools) {
        Requirement.parse(wanted)
                .flatMap(Requirement::exact)
                .flatMap(release -> store.byVersion(engine, release.toString()))
                .ifPresent(row -> requireUsable(row, betaTools));
    }

    /** What a run of the wanted version runs: an exact version as soon as the list has a say; 422 when it says no. */
    @Transactional
    public String resolve(String engine, String wanted, boolean betaTools) {
        List<ToolVersionEntity> all = store.all(engine);
        Optional<Requirement> requirement = Requirement.parse(wanted);
        if (all.isEmpty() || requirement.isEmpty()) {
            return wanted;
        }
        if (requirement.get().exact().isPresent()) {
            requireChoosable(engine, wanted, betaTools);
            return wanted;
        }
        Optional<String> newest = all.stream()
                .filter(row -> row.enabled && (betaTools || !row.beta))
                .map(ToolVersions::release)
                .filter(requirement.get()::accepts)
                .max(Comparator.naturalOrder())
                .map(Release::toString);
        if (newest.isEmpty() && all.stream().anyMatch(row -> row.builds == null)) {
            throw Problem.invalidRelationship(
                    "workspace",
                    name(engine) + " version " + wanted
                            + " cannot be run: no version that the administrators have enabled satisfies it");
        }
        return newest.orElse(wanted);
    }

    /** Where workers get a version that an administrator brings; empty for all others. */
    @Transactional
    public Optional<List<ToolBuild>> builds(String engine, String version) {
        return Requirement.parse(version)
                .flatMap(Requirement::exact)
                .flatMap(release -> store.byVersion(engine, release.toString()))
                .map(row -> Builds.read(row.builds))
                .filter(builds -> !builds.isEmpty());
    }

    private static String name(String engine) {
        return engine.equals(TERRAFORM) ? "Terraform" : "OpenTofu";
    }

    private static void requireUsable(ToolVersionEntity row, boolean betaTools) {
        if (!row.enabled) {
            throw Problem.invalid(
                    "terraform-version",
                    name(row.engine) + " version " + row.version + " is disabled by the administrators"
                            + Optional.ofNullable(row.deprecatedReason)
                                    .map(reason -> ": " + reason)
                                    .orElse(""));
        }
        if (row.beta && !betaTools) {
            throw Problem.invalid(
                    "terraform-version",
                    name(row.engine) + " version " + row.version
                            + " is a beta, and this organization has no access to beta tools");
        }
    }

    private static void apply(Wish wish, ToolVersionEntity row) {
        row.builds = Builds.write(wish.source().over(Builds.read(row.builds)));
        wish.enabled().ifPresent(enabled -> row.enabled = enabled);
        wish.beta().ifPresent(beta -> row.beta = beta);
        wish.deprecated().ifPresent(deprecated -> row.deprecated = deprecated);
        wish.deprecatedReason().ifPresent(reason -> row.deprecatedReason = reason.isEmpty() ? null : reason);
        if (!row.deprecated) {
            row.deprecatedReason = null;
        }
    }

    private static Release release(ToolVersionEntity row) {
        return Release.parse(row.version).orElseThrow();
    }

    private ToolVersion view(ToolVersionEntity row) {
        return new ToolVersion(
                row.id,
                row.engine,
                row.version,
                Builds.read(row.builds),
                row.enabled,
                row.beta,
                row.deprecated,
                Optional.ofNullable(row.deprecatedReason),
                store.usage(row.engine, row.version),
                row.createdAt);
    }
}

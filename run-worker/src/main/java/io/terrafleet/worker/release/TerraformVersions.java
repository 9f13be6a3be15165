package io.terrafleet.worker.release;

import io.terrafleet.contracts.event.ToolBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the binary for what a workspace asks: on the PATH, among the installed, otherwise downloaded. A constraint is satisfied by
 * what is here if it can be; {@code latest} is the newest release of the index, or the newest that is here when the index is away.
 */
public final class TerraformVersions {
    private static final Logger LOG = Logger.getLogger(TerraformVersions.class);
    private static final String TERRAFORM = "terraform";
    private static final Set<String> ENGINES = Set.of(TERRAFORM, "tofu");

    /** @param binary absolute */
    public record Resolved(Version version, Path binary) {}

    /** What the index said, or that it said nothing. */
    private record Listing(Instant at, List<Version> versions, Optional<String> trouble) {}

    private final ReleaseIndex index;
    private final Installer installer;
    private final BuildInstaller builds;
    private final PathBinary pathBinary;
    private final List<Version> known;
    private final boolean download;
    private final Duration indexLifetime;
    private final String platform;
    private final InstantSource clock;
    private @Nullable Listing listing;

    /**
     * @param directory for installed versions
     * @param path the PATH variable
     * @param platform for example {@code linux_amd64}
     */
    public TerraformVersions(
            ReleaseConfig config, Path directory, @Nullable String path, String platform, InstantSource clock)
            throws IOException {
        this.index = new ReleaseIndex(config.index(), config.connectTimeout());
        ReleaseKey key =
                config.keyFile().isPresent() ? ReleaseKey.of(config.keyFile().get()) : ReleaseKey.hashicorp();
        this.installer = new Installer(directory.toAbsolutePath(), index, key, platform);
        this.builds = new BuildInstaller(directory.toAbsolutePath(), platform, config.connectTimeout());
        this.pathBinary = new PathBinary(config.binary(), path);
        this.known = config.known().orElse(List.of()).stream()
                .map(TerraformVersions::knownVersion)
                .toList();
        this.download = config.download();
        this.indexLifetime = config.indexLifetime();
        this.platform = platform;
        this.clock = clock;
    }

    private static Version knownVersion(String text) {
        return Version.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "terrafleet.worker.release.known: \"" + text + "\" is not a version, as 1.9.8 is"));
    }

    /**
     * The exact version for what a workspace asks, where an image brings the binary and nothing is installed.
     *
     * @param engine {@code terraform} or {@code tofu}
     * @param wanted an exact version, which is believed to exist, a constraint or {@code latest}
     * @param progress is told when this will take a while
     */
    public Version choose(String engine, String wanted, Consumer<String> progress) throws VersionUnavailable {
        requireKnown(engine);
        try {
            VersionConstraint constraint = VersionConstraint.parse(wanted);
            Optional<Version> chosen = constraint
                    .exact()
                    .or(() -> constraint.newest(known))
                    .or(() -> known.isEmpty() ? published(engine, constraint, progress) : Optional.empty());
            return chosen.orElseThrow(
                    () -> new VersionUnavailable(
                            "no " + engine + " satisfies \"" + constraint + "\": "
                                    + (known.isEmpty() ? away() : "known are " + known)
                                    + "; ask for an exact version, name the versions of the cluster's images in"
                                    + " terrafleet.worker.release.known, or point terrafleet.worker.release.index to a mirror"));
        } catch (IllegalArgumentException e) {
            throw new VersionUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireKnown(String engine) throws VersionUnavailable {
        if (!ENGINES.contains(engine)) {
            throw new VersionUnavailable("unknown engine \"" + engine + "\": terraform and tofu are known");
        }
    }

    /**
     * @param engine {@code terraform} or {@code tofu}
     * @param wanted an exact version, a constraint or {@code latest}
     * @param progress is told when this will take a while
     */
    public Resolved resolve(String engine, String wanted, Consumer<String> progress) throws VersionUnavailable {
        requireKnown(engine);
        try {
            return resolve(engine, VersionConstraint.parse(wanted), progress);
        } catch (IllegalArgumentException e) {
            throw new VersionUnavailable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new VersionUnavailable(
                    engine + " " + wanted + " cannot be installed: " + e.getMessage() + "; " + remedy(engine), e);
        }
    }

    /**
     * The same for a version that an administrator brings: exactly that build, whatever else is here.
     *
     * @param brought where it comes from; empty for a version that is found as usual
     */
    public Resolved resolve(String engine, String wanted, Optional<List<ToolBuild>> brought, Consumer<String> progress)
            throws VersionUnavailable {
        if (brought.isEmpty()) {
            return resolve(engine, wanted, progress);
        }
        requireKnown(engine);
        Version version = Version.parse(wanted)
                .orElseThrow(() -> new VersionUnavailable("\"" + wanted + "\" is not an exact version"));
        if (!download) {
            throw new VersionUnavailable(engine + " " + wanted
                    + " is brought by the administrators, and downloads are switched off"
                    + " (terrafleet.worker.release.download)");
        }
        try {
            return new Resolved(version, builds.install(engine, brought.get(), progress));
        } catch (IOException e) {
            throw new VersionUnavailable(
                    engine + " " + wanted + ", which the administrators bring, cannot be installed: " + e.getMessage(),
                    e);
        }
    }

    private Resolved resolve(String engine, VersionConstraint constraint, Consumer<String> progress)
            throws IOException, VersionUnavailable {
        boolean latest = constraint.toString().equals("latest");
        Optional<Resolved> local = local(engine, constraint);
        if (local.isPresent() && !latest) {
            return local.get();
        }
        Optional<Version> published = published(engine, constraint, progress);
        if (published.isPresent()
                && (local.isEmpty() || published.get().compareTo(local.get().version()) > 0)) {
            return installed(engine, published.get(), progress);
        }
        if (local.isPresent()) {
            return local.get();
        }
        throw new VersionUnavailable("no " + engine + " satisfies \"" + constraint + "\": " + here(engine) + "; "
                + away() + "; " + remedy(engine));
    }

    private Optional<Resolved> local(String engine, VersionConstraint constraint) throws IOException {
        Optional<PathBinary.Found> onPath = pathBinary.find(engine);
        Optional<Version> installed = constraint.newest(installer.installed(engine));
        Optional<Resolved> fromPath = onPath.filter(found -> constraint.accepts(found.version()))
                .map(found -> new Resolved(found.version(), found.binary()));
        if (fromPath.isPresent()
                && installed
                        .map(version -> version.compareTo(fromPath.get().version()) <= 0)
                        .orElse(true)) {
            return fromPath;
        }
        return installed.map(version -> new Resolved(version, installer.binary(engine, version)));
    }

    /** The newest release that fits; an exact version is believed to exist. Nothing is published for us of tofu. */
    private Optional<Version> published(String engine, VersionConstraint constraint, Consumer<String> progress) {
        if (!download || !engine.equals(TERRAFORM)) {
            return Optional.empty();
        }
        return constraint.exact().or(() -> constraint.newest(listing(progress).versions()));
    }

    private synchronized Listing listing(Consumer<String> progress) {
        Listing known = listing;
        if (known != null && known.at().plus(indexLifetime).isAfter(clock.instant())) {
            return known;
        }
        progress.accept("reading the list of terraform releases");
        Listing read;
        try {
            read = new Listing(clock.instant(), index.versions(TERRAFORM, platform), Optional.empty());
        } catch (IOException e) {
            LOG.warnf("the list of releases at %s cannot be read: %s", index, e);
            read = new Listing(clock.instant(), List.of(), Optional.of(String.valueOf(e)));
        }
        listing = read;
        return read;
    }

    private Resolved installed(String engine, Version version, Consumer<String> progress) throws IOException {
        progress.accept("installing " + engine + " " + version);
        Path binary = installer.install(engine, version);
        LOG.infof("installed %s %s", engine, version);
        return new Resolved(version, binary);
    }

    private String here(String engine) throws IOException {
        List<String> versions = new ArrayList<>();
        pathBinary.find(engine).ifPresent(found -> versions.add(found.version() + " (PATH)"));
        installer.installed(engine).forEach(version -> versions.add(version.toString()));
        return "here " + (versions.isEmpty() ? "there is none" : "there are " + String.join(", ", versions));
    }

    private synchronized String away() {
        if (!download) {
            return "downloads are switched off (terrafleet.worker.release.download)";
        }
        Optional<String> trouble = listing == null ? Optional.empty() : listing.trouble();
        return trouble.map(why -> index + " cannot be read: " + why).orElse("and none is published at " + index);
    }

    private String remedy(String engine) {
        return "put the binary at "
                + installer
                        .binary(engine, new Version(List.of(1, 2, 3), ""))
                        .toString()
                        .replace("1.2.3", "VERSION")
                + ", put " + engine + " on the worker's PATH, or point terrafleet.worker.release.index to a mirror";
    }
}

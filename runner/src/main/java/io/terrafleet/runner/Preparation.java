package io.terrafleet.runner;

import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.Enclosed;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.runner.archive.Unpacking;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import io.terrafleet.runner.state.ShippedNote;
import io.terrafleet.runner.terraform.VariableFile;
import io.terrafleet.runner.terraform.WorkingDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Future;

/** Fetches what a phase needs, several things at once, and lays it out in the job's directory. */
final class Preparation {
    private static final long MOST_CONFIGURATION = 512L << 20;
    private static final long MOST_STATE = 1L << 30;
    private static final long MOST_PLAN = 1L << 30;

    private final Platform platform;
    private final Lease lease;
    private final Claim claim;
    private final JobDirectory directory;
    private final Together together;

    Preparation(Platform platform, Lease lease, Claim claim, JobDirectory directory, Together together) {
        this.platform = platform;
        this.lease = lease;
        this.claim = claim;
        this.directory = directory;
        this.together = together;
    }

    /** @return the directory for terraform to work in */
    Path layOut() throws IOException, Fenced, InterruptedException {
        Future<Boolean> state = together.begin(this::fetchState);
        Future<Boolean> plan = together.begin(this::fetchPlan);
        Future<Boolean> changes = together.begin(this::fetchChanges);
        unpackConfiguration();
        Path working = WorkingDirectory.find(directory.configuration(), claim.workingDirectory());
        for (Path leftover : WorkingDirectory.leftovers(working)) {
            JobDirectory.delete(leftover);
        }
        if (Together.end(changes)) {
            Unpacking.unpack(directory.download("workdir"), directory.configuration(), Unpacking.Limits.CONFIGURATION);
        }
        WorkingDirectory.useState(working, directory.state());
        writeVariables();
        if (Together.end(state)) {
            new ShippedNote(directory.shipped()).put(Files.readAllBytes(directory.stateFile()));
        }
        Together.end(plan);
        return working;
    }

    private void unpackConfiguration() throws IOException, Fenced {
        Optional<byte[]> here = claim.enclosed().flatMap(enclosed -> enclosed.file(Enclosed.CONFIGURATION));
        if (here.isPresent()) {
            Unpacking.unpack(
                    new ByteArrayInputStream(here.get()), directory.configuration(), Unpacking.Limits.CONFIGURATION);
            return;
        }
        Path archive = directory.download(Enclosed.CONFIGURATION);
        if (!fetched(
                Enclosed.CONFIGURATION, archive, () -> platform.configuration(lease, archive, MOST_CONFIGURATION))) {
            throw new IOException("the run has no configuration");
        }
        Unpacking.unpack(archive, directory.configuration(), Unpacking.Limits.CONFIGURATION);
        Files.delete(archive);
    }

    /** The apply of a saved plan takes none: they are in the plan. */
    private void writeVariables() throws IOException {
        String variables = VariableFile.render(claim.variables());
        if (claim.job().phase() == Phase.PLAN && !variables.isEmpty()) {
            JobDirectory.writePrivately(directory.variables(), variables.getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean fetchState() throws IOException, Fenced {
        Path target = directory.stateFile();
        return claim.hasState() && fetched(Enclosed.STATE, target, () -> platform.state(lease, target, MOST_STATE));
    }

    private boolean fetchChanges() throws IOException, Fenced {
        return switch (claim.job().phase()) {
            case PLAN -> false;
            case APPLY -> fetched(RunArtifact.WORKDIR, directory.download("workdir"), MOST_CONFIGURATION);
        };
    }

    private boolean fetchPlan() throws IOException, Fenced {
        return switch (claim.job().phase()) {
            case PLAN -> false;
            case APPLY -> {
                if (!fetched(RunArtifact.PLAN, directory.plan(), MOST_PLAN)) {
                    throw new IOException("the saved plan is gone");
                }
                String expected = claim.planSha256().orElseThrow(() -> new IOException("the claim names no plan"));
                String found = Hash.of(directory.plan());
                if (!found.equals(expected)) {
                    throw new IOException("the saved plan is not the one that was approved: its SHA-256 is " + found
                            + ", approved was " + expected);
                }
                yield true;
            }
        };
    }

    private boolean fetched(RunArtifact kind, Path target, long mostBytes) throws IOException, Fenced {
        return fetched(kind.word(), target, () -> platform.artifact(lease, kind, target, mostBytes));
    }

    /** Takes what came with the claim, and asks only for the rest. */
    private boolean fetched(String name, Path target, Fetch rest) throws IOException, Fenced {
        Enclosed enclosed = claim.enclosed().orElse(Enclosed.NOTHING);
        Optional<byte[]> here = enclosed.file(name);
        if (here.isPresent()) {
            JobDirectory.writePrivately(target, here.get());
            return true;
        }
        return !enclosed.absent().contains(name) && rest.fetch();
    }

    private interface Fetch {
        /** @return whether there is one */
        boolean fetch() throws IOException, Fenced;
    }
}

package io.terrafleet.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.contracts.plan.Redaction;
import io.terrafleet.contracts.plan.ResourceChange;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.Enclosed;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.runner.archive.TreeSnapshot;
import io.terrafleet.runner.log.JsonMask;
import io.terrafleet.runner.log.Mask;
import io.terrafleet.runner.log.RunLog;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import io.terrafleet.runner.terraform.Arguments;
import io.terrafleet.runner.terraform.Leash;
import io.terrafleet.runner.terraform.Remarks;
import io.terrafleet.runner.terraform.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** {@code plan -out} and {@code show -json}, and the upload of what they leave. */
final class PlanPhase {
    private final Platform platform;
    private final Lease lease;
    private final Claim claim;
    private final JobDirectory directory;
    private final Together together;
    private final Mask mask;
    private final Leash leash;
    private final Map<String, byte[]> enclosed = new ConcurrentHashMap<>();

    PlanPhase(
            Platform platform,
            Lease lease,
            Claim claim,
            JobDirectory directory,
            Together together,
            Mask mask,
            Leash leash) {
        this.platform = platform;
        this.lease = lease;
        this.claim = claim;
        this.directory = directory;
        this.together = together;
        this.mask = mask;
        this.leash = leash;
    }

    /** @param before the configuration as it was uploaded */
    PhaseResult.Planned run(Terraform terraform, RunLog log, TreeSnapshot before)
            throws IOException, Fenced, InterruptedException, Leash.Stopped, PhaseFailed {
        plan(terraform, log);
        leash.check();
        Future<String> plan = together.begin(() -> ship(RunArtifact.PLAN, directory.plan()));
        Future<Boolean> changes = together.begin(() -> uploadChanges(before));
        show(terraform);
        Future<String> json = together.begin(() -> ship(RunArtifact.PLAN_JSON, directory.planJson()));
        PlanDocument document = read();
        redact(document, terraform);
        ship(RunArtifact.PLAN_JSON_REDACTED, directory.redactedJson());
        Together.end(changes);
        leash.check();
        return new PhaseResult.Planned(
                document.hasChanges(),
                counts(document),
                Together.end(plan),
                Together.end(json),
                Optional.of(new Enclosed(Map.copyOf(enclosed), List.of())));
    }

    private void plan(Terraform terraform, RunLog log)
            throws IOException, InterruptedException, Leash.Stopped, PhaseFailed {
        boolean variables = Files.exists(directory.variables());
        List<String> arguments = Arguments.plan(claim.options(), variables, directory.variables(), directory.plan());
        Remarks remarks = new Remarks();
        int exitCode = terraform.run("plan", arguments, chunk -> {
            remarks.read(chunk);
            log.write(chunk);
        });
        log.flush();
        if (exitCode != 0) {
            throw ClaimedPhase.failed(claim.engine() + " plan failed", exitCode, remarks, mask);
        }
    }

    private void show(Terraform terraform) throws IOException, InterruptedException, Leash.Stopped, PhaseFailed {
        int exitCode = terraform.runInto(directory.planJson(), "show", Arguments.show(directory.plan()));
        if (exitCode != 0) {
            Remarks remarks = new Remarks();
            remarks.read(Files.readAllBytes(Terraform.outputOf(directory.output(), "show")));
            throw ClaimedPhase.failed(claim.engine() + " show -json failed", exitCode, remarks, mask);
        }
    }

    /** A small file goes with the result, another one now and alone. */
    private String ship(RunArtifact kind, Path file) throws IOException, Fenced {
        String sha256 = Hash.of(file);
        if (Files.size(file) <= Enclosed.MOST_BYTES) {
            enclosed.put(kind.word(), Files.readAllBytes(file));
        } else {
            platform.upload(lease, kind, file, sha256);
        }
        return sha256;
    }

    private boolean uploadChanges(TreeSnapshot before) throws IOException, Fenced {
        boolean any = before.packChanges(directory.workdirChanges());
        if (any) {
            ship(RunArtifact.WORKDIR, directory.workdirChanges());
        }
        return any;
    }

    private PlanDocument read() throws IOException {
        if (Files.size(directory.planJson()) > PlanDocument.MOST_BYTES) {
            throw new IOException("the plan's JSON is larger than " + PlanDocument.MOST_BYTES + " bytes");
        }
        try {
            return PlanDocument.of(Json.mapper().readTree(directory.planJson().toFile()));
        } catch (PlanUnreadable e) {
            throw new IOException("terraform's plan document cannot be read: " + e.getMessage(), e);
        }
    }

    private void redact(PlanDocument document, Terraform terraform)
            throws IOException, InterruptedException, Leash.Stopped, PhaseFailed {
        JsonNode shown = JsonMask.hide(Redaction.of(document), mask);
        if (claim.options().structuredOutput() && shown instanceof ObjectNode plan) {
            addSchemas(document, terraform, plan);
        }
        JobDirectory.writePrivately(directory.redactedJson(), Json.write(shown));
    }

    /** Whoever renders the plan needs the schemas of the resources in it. */
    private void addSchemas(PlanDocument document, Terraform terraform, ObjectNode plan)
            throws IOException, InterruptedException, Leash.Stopped, PhaseFailed {
        int exitCode = terraform.runInto(directory.schemas(), "providers", Arguments.schemas());
        if (exitCode != 0) {
            throw ClaimedPhase.failed(claim.engine() + " providers schema -json failed", exitCode, new Remarks(), mask);
        }
        ProviderSchemas.of(document).addTo(plan, directory.schemas());
    }

    /** Resources by what will happen to them; a replacement is an addition and a destruction. */
    static PhaseResult.Counts counts(PlanDocument document) {
        int additions = 0;
        int changes = 0;
        int destructions = 0;
        int imports = 0;
        for (ResourceChange change : document.resourceChanges()) {
            if (change.managed()) {
                additions += change.actions().contains("create") ? 1 : 0;
                changes += change.actions().contains("update") ? 1 : 0;
                destructions += change.actions().contains("delete") ? 1 : 0;
                imports += change.importing() ? 1 : 0;
            }
        }
        return new PhaseResult.Counts(additions, changes, destructions, imports);
    }
}

package io.terrafleet.standalone.tool;

import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.contracts.usage.UsageDocument;
import io.terrafleet.contracts.usage.UsageUnreadable;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Estimator;
import io.terrafleet.cost.offer.PriceFiles;
import io.terrafleet.cost.report.Reports;
import io.terrafleet.cost.resource.UsageFile;
import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.author.ToolFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a plan costs, without a platform. */
@Command(
        name = "cost",
        description = "Tells what a plan costs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CostCommand.EstimateCommand.class})
public final class CostCommand {
    /** How the estimate is said. */
    enum Format {
        table,
        json,
        diff,
        markdown
    }

    @Command(
            name = "estimate",
            description = {
                "Prices every resource of a plan, before and after.",
                "PLAN is what terraform show -json PLANFILE prints, as a file (also gzipped) or - for standard input."
            })
    static final class EstimateCommand implements Callable<Integer> {
        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        PriceOptions prices = new PriceOptions();

        @Parameters(paramLabel = "PLAN", description = "The plan as JSON.")
        String plan = "";

        @Option(names = "--usage", paramLabel = "FILE", description = "Usage, in the format of infracost-usage.yml.")
        @Nullable
        Path usage;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "table (usual), json in Infracost's shape, diff or markdown.")
        Format format = Format.table;

        @Option(names = "--project", paramLabel = "NAME", description = "What the plan is called; usually its file.")
        @Nullable
        String project;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PlanDocument document = plan();
            Estimator estimator =
                    new Estimator(new PriceFiles(prices.directory()).book(types -> document.resourceChanges().stream()
                            .anyMatch(change -> change.type().startsWith(types))));
            Estimate estimate = estimator.estimate(document, usageFile());
            String name = project != null
                    ? project
                    : plan.equals("-") ? "plan" : String.valueOf(Path.of(plan).getFileName());
            out.println(
                    switch (format) {
                        case table -> Reports.table(estimate);
                        case json -> Reports.json(estimate, name, Wiring.clock().instant());
                        case diff -> Reports.diff(estimate, name);
                        case markdown -> Reports.markdown(estimate, name);
                    });
            out.flush();
            return 0;
        }

        private PlanDocument plan() {
            try {
                return PlanDocument.parse(bytes());
            } catch (PlanUnreadable e) {
                throw new ToolFailure(plan + ": " + e.getMessage(), e);
            }
        }

        private byte[] bytes() {
            try (InputStream in =
                    new BufferedInputStream(plan.equals("-") ? System.in : Files.newInputStream(Path.of(plan)))) {
                in.mark(2);
                boolean packed = in.read() == 0x1f && in.read() == 0x8b;
                in.reset();
                InputStream plain = packed ? new GZIPInputStream(in) : in;
                byte[] bytes = plain.readNBytes(Math.toIntExact(PlanDocument.MOST_BYTES + 1));
                return bytes;
            } catch (NoSuchFileException e) {
                throw new ToolFailure("there is no file " + plan, e);
            } catch (IOException e) {
                throw new ToolFailure(plan + " cannot be read: " + e.getMessage(), e);
            }
        }

        private UsageFile usageFile() {
            if (usage == null) {
                return UsageFile.NONE;
            }
            try (InputStream in = Files.newInputStream(usage)) {
                byte[] bytes = in.readNBytes(UsageDocument.MOST_BYTES + 1);
                return UsageFile.parse(new String(bytes, StandardCharsets.UTF_8));
            } catch (NoSuchFileException e) {
                throw new ToolFailure("there is no usage file " + usage, e);
            } catch (IOException e) {
                throw new ToolFailure(usage + " cannot be read: " + e.getMessage(), e);
            } catch (UsageUnreadable e) {
                throw new ToolFailure(usage + ": " + e.getMessage(), e);
            }
        }
    }
}

package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.policy.PoliciesFile;
import io.terrafleet.contracts.policy.PoliciesUnreadable;
import io.terrafleet.policy.evaluation.Engine;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.RegoEngine;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.library.Library;
import io.terrafleet.policy.policyset.Conventions;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.syntax.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By what to judge: the options that say so, and the judging. */
final class PolicyChoice {
    @Option(names = "--policies", paramLabel = "DIR", description = "A directory or file of policies; may be repeated.")
    List<Path> policies = new ArrayList<>();

    @Option(names = "--library", description = "The rules that come with Terrafleet: the four standards.")
    boolean library;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Only this rule of the library, an optional one included; may be repeated.")
    List<String> rules = new ArrayList<>();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description =
                    "Parameters (data.params): an object by name, or one parameter in a file of its name; may be repeated.")
    List<String> parameters = new ArrayList<>();

    @Option(names = "--whole-state", description = "Also judge what the plan leaves alone.")
    boolean wholeState;

    @Option(names = "--v0", description = "The policies are of Rego's version 0.")
    boolean versionZero;

    /** Compiles once; the function judges plans. */
    Function<Subject, Verdicts> judge() {
        if (policies.isEmpty() && !library && rules.isEmpty()) {
            throw new ToolFailure("nothing to judge by: give --library, --rule NAME or --policies DIR");
        }
        Map<String, JsonNode> values = PolicyParameters.read(parameters);
        if (wholeState) {
            values.put("whole_state", BooleanNode.TRUE);
        }
        Library shipped = library || !rules.isEmpty() ? new Library() : null;
        PolicySetRef shippedSet =
                set("library", shipped == null ? List.of() : libraryRules(values.get(Library.OPTIONAL_RULES)), values);
        CompiledPolicies own = policies.isEmpty()
                ? null
                : RegoCompiler.compile(Sources.read(policies, false, versionZero ? Language.V0 : Language.V1)
                        .modules());
        List<PolicyRef> said = said();
        PolicySetRef ownSet = set("policies", own == null ? List.of() : said.isEmpty() ? asked(own) : said, values);
        return subject -> {
            Verdicts verdicts = new Verdicts(subject, wholeState);
            if (shipped != null) {
                verdicts.addLibrary(judged(subject, shippedSet, shipped.policies()), shipped.policies());
            }
            if (own != null) {
                Settings settings = Settings.DEFAULT.withLimits(Limits.DEFAULT);
                Engine engine = new RegoEngine(subject, ownSet, own, settings, said.isEmpty());
                verdicts.add(usable(Evaluation.judge(subject, ownSet, engine, Integer.MAX_VALUE)));
            }
            return verdicts;
        };
    }

    private static PolicySetRef set(String name, List<PolicyRef> policies, Map<String, JsonNode> parameters) {
        return new PolicySetRef(name, name, true, Optional.empty(), policies, parameters);
    }

    private static SetOutcome judged(Subject subject, PolicySetRef set, CompiledPolicies compiled) {
        return usable(Evaluation.judge(subject, set, compiled, Limits.DEFAULT, Integer.MAX_VALUE));
    }

    private static SetOutcome usable(SetOutcome outcome) {
        if (outcome.error().isPresent()) {
            throw new ToolFailure(outcome.error().get());
        }
        return outcome;
    }

    private List<PolicyRef> libraryRules(@Nullable JsonNode turnedOn) {
        List<String> names = new ArrayList<>(library ? Library.RULES : List.of());
        for (String rule : rules) {
            if (!Library.isRule(rule)) {
                throw new ToolFailure(
                        "the library has no rule \"" + rule + "\"; it has " + String.join(", ", Library.all()));
            }
            if (!names.contains(rule)) {
                names.add(rule);
            }
        }
        List<PolicyRef> asked = new ArrayList<>(names.stream()
                .map(rule -> new PolicyRef(rule, Library.query(rule), Enforcement.MANDATORY, Optional.empty()))
                .toList());
        try {
            if (turnedOn != null) {
                Library.turnedOn(turnedOn).stream()
                        .filter(rule -> !names.contains(rule.name()))
                        .forEach(asked::add);
            }
        } catch (IllegalArgumentException e) {
            throw new ToolFailure(String.valueOf(e.getMessage()), e);
        }
        return asked;
    }

    /** What a {@code policies.hcl} at the root of a directory says is asked, as the platform reads it; empty without one. */
    private List<PolicyRef> said() {
        List<PolicyRef> said = new ArrayList<>();
        for (Path place : policies) {
            Path file = place.resolve("policies.hcl");
            if (Files.isRegularFile(file)) {
                said.addAll(said(file));
            }
        }
        return said;
    }

    private static List<PolicyRef> said(Path file) {
        try {
            return PoliciesFile.read(Sources.text(file)).stream()
                    .map(entry -> new PolicyRef(entry.name(), entry.query(), entry.enforcement(), entry.description()))
                    .toList();
        } catch (PoliciesUnreadable e) {
            throw new ToolFailure(file + ": " + e.getMessage(), e);
        }
    }

    private static List<PolicyRef> asked(CompiledPolicies compiled) {
        List<PolicyRef> asked = Conventions.policies(compiled, Enforcement.MANDATORY);
        if (asked.isEmpty()) {
            throw new ToolFailure("the policies have no rule named deny, violation or warn");
        }
        return asked;
    }
}

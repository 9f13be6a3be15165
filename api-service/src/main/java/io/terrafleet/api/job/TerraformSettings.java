package io.terrafleet.api.job;

import io.terrafleet.api.run.RunOptions;
import io.terrafleet.contracts.runner.Claim;
import java.util.ArrayList;
import java.util.List;

/** What only few runs ask for, in the environment variables by which terraform takes it: https://developer.hashicorp.com/terraform/cli/config/environment-variables. */
final class TerraformSettings {
    private static final String ENV = "env";
    private static final String LOG = "TF_LOG";
    private static final String PLAN_ARGUMENTS = "TF_CLI_ARGS_plan";

    /** Stays beside the configuration in the job's directory; people read it in the plan. */
    private static final String GENERATE = "-generate-config-out=terrafleet_generated.tf";

    private TerraformSettings() {}

    /** @param variables of the workspace; its own arguments stay, its own level of logging does not */
    static List<Claim.Variable> of(RunOptions options, List<Claim.Variable> variables) {
        if (!options.debugging() && !options.configGeneration()) {
            return variables;
        }
        List<Claim.Variable> all = new ArrayList<>(variables);
        if (options.debugging()) {
            take(LOG, all);
            all.add(setting(LOG, "TRACE"));
        }
        if (options.configGeneration()) {
            all.add(setting(PLAN_ARGUMENTS, (take(PLAN_ARGUMENTS, all) + " " + GENERATE).strip()));
        }
        return List.copyOf(all);
    }

    private static Claim.Variable setting(String key, String value) {
        return new Claim.Variable(key, value, ENV, false, false);
    }

    /** @return what it said; nothing when it was not there */
    private static String take(String key, List<Claim.Variable> variables) {
        String value = "";
        for (Claim.Variable variable : List.copyOf(variables)) {
            if (variable.category().equals(ENV) && variable.key().equals(key)) {
                value = variable.value();
                variables.remove(variable);
            }
        }
        return value;
    }
}

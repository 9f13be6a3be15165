package io.terrafleet.runner;

import io.terrafleet.contracts.JobId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a runner is told to do: one line of JSON on standard input, or a file.
 *
 * @param api base URL of the api-service
 * @param claimToken one-time bearer token that claims the job
 * @param terraform absolute path of the binary
 * @param version exact version of the binary
 * @param engine {@code terraform} or {@code tofu}
 * @param directory absolute path of the job's directory; made if absent, only its owner may read it
 * @param cliConfigFile absolute path of a terraform CLI configuration
 * @param plugins where providers lie; the runner then makes the CLI configuration itself, unless one is given
 * @param place for people: where the runner is
 * @param handover absolute path of the directory in which phases leave what init installed for later ones; absent where a machine never
 *     sees two phases
 * @param passEnvironment names of variables of the runner's own environment that terraform gets too
 */
public record Assignment(
        JobId job,
        URI api,
        String claimToken,
        String terraform,
        String version,
        String engine,
        String directory,
        Optional<String> cliConfigFile,
        Optional<Plugins> plugins,
        String place,
        Optional<String> handover,
        List<String> passEnvironment) {

    /**
     * Providers that only the runner can see, on a volume of its pod.
     *
     * @param directory absolute path, laid out as {@code terraform providers mirror} does
     * @param networkMirror base URL of what has the other providers, with a slash at its end; without it their registries have them
     */
    public record Plugins(String directory, Optional<String> networkMirror) {}

    @Override
    public String toString() {
        return "Assignment[" + job + "]";
    }
}

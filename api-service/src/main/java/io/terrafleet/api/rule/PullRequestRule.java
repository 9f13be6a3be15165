package io.terrafleet.api.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one place says of pull requests; absent is what the next wider place says.
 *
 * @param providers source addresses that a stranger's plan may use, {@code *} for any one part; absent everywhere: those of the branch itself
 * @param modules sources that a stranger's plan may call, {@code *} for any characters of a path; absent everywhere: those of the branch itself
 * @param agentPoolId whose agents plan what strangers wrote
 * @param state what such a plan is given of the state
 * @param commands whether comments on pull requests command
 * @param apply when a pull request is applied
 */
public record PullRequestRule(
        Optional<List<String>> providers,
        Optional<List<String>> modules,
        Optional<String> agentPoolId,
        Optional<State> state,
        Optional<Boolean> commands,
        Optional<Apply> apply) {
    public static final PullRequestRule NONE = new PullRequestRule(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What a stranger's plan is given of the state: all but sensitive values, or nothing. */
    public enum State {
        REDACTED,
        NONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** When a pull request's changes are applied: by hand, after it was merged, or before, by a comment. */
    public enum Apply {
        MANUAL,
        AFTER_MERGE,
        BEFORE_MERGE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Apply of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** This, and where it says nothing the other. */
    PullRequestRule or(PullRequestRule other) {
        return new PullRequestRule(
                providers.or(other::providers),
                modules.or(other::modules),
                agentPoolId.or(other::agentPoolId),
                state.or(other::state),
                commands.or(other::commands),
                apply.or(other::apply));
    }

    /** Whether a stranger's plan is given no state at all. */
    public boolean withholdsState() {
        return state.equals(Optional.of(State.NONE));
    }

    public boolean obeysComments() {
        return commands.orElse(false);
    }
}

package io.terrafleet.api.task;

import io.terrafleet.api.problem.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** When in a run's life its tasks are asked. */
public enum Stage {
    PRE_PLAN,
    POST_PLAN,
    PRE_APPLY,
    POST_APPLY;

    /** {@code pre_plan} and so on. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> of(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }

    static String join(Set<Stage> stages) {
        return String.join(",", stages.stream().sorted().map(Stage::word).toList());
    }

    static Set<Stage> split(String joined) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        Arrays.stream(joined.split(",")).forEach(word -> of(word).ifPresent(stages::add));
        return stages;
    }

    /** Refused with 422 for a word that is none, and for an empty list. */
    static Set<Stage> parse(String attribute, List<String> words) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        for (String word : words) {
            stages.add(of(word).orElseThrow(() ->
                    Problem.invalid(attribute, "Stages must be of pre_plan, post_plan, pre_apply and post_apply")));
        }
        if (stages.isEmpty()) {
            throw Problem.invalid(attribute, "Stages can't be blank");
        }
        return stages;
    }
}

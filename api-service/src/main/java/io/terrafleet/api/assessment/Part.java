package io.terrafleet.api.assessment;

/** Where the outcome of a policy set is shown, and overridden. */
enum Part {
    /** The stage after the plan; what cost and run tasks block belongs to it too. */
    TASK_STAGE("task-stage"),
    /** For sets of the legacy kind. */
    POLICY_CHECK("policy-check");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}

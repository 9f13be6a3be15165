package io.terrafleet.policy.evaluation;

import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.rego.value.Value;
import java.util.Optional;

/** Answers what the policies of one set ask about one plan: our own engine, or a server elsewhere. */
public interface Engine {
    /** The value of the policy's query; empty when it is undefined. */
    Optional<Value> answer(PolicyRef policy) throws Unanswered;

    /** Whether the policy looks at what the plan costs, so that nothing it says counts while that is not known. */
    boolean readsCost(PolicyRef policy);

    /** Why what the policy objects to is let pass, for people; empty when it counts. */
    default Optional<String> exemption(PolicyRef policy) throws Unanswered {
        return Optional.empty();
    }

    /** There is no answer; the message is for people and ends the sentence "the policy could not be evaluated: …". */
    final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        public Unanswered(String message) {
            super(message);
        }
    }
}

package io.terrafleet.policy.verdict;

import io.terrafleet.contracts.event.RunEvent.PlanCompleted;

/**
 * A plan of which some sets are asked only once it is priced.
 *
 * @param first what the others said
 * @param millis how long they took
 */
record OpenQuestion(String eventId, PlanCompleted plan, Judge.Judgement first, long millis) {}

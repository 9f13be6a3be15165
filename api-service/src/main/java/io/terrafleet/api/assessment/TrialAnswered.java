package io.terrafleet.api.assessment;

import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;

/** Fired when the policy-service has said what a proposed policy set makes of a plan. */
public record TrialAnswered(String eventId, TrialJudged answer) {}

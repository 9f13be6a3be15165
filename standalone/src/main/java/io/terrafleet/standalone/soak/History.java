package io.terrafleet.standalone.soak;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is left of a round: the services' tables, the topics, what the API shows, and the simulated terraform's own journal.
 *
 * @param openLeases jobs whose leases nobody has ended
 * @param judgements what policy-service and cost-service have in their tables
 * @param overridden runs of which somebody set a block aside
 * @param waitingInOutbox facts that no broker has got, by service
 * @param journal in the order of time
 */
record History(
        List<RunRow> runs,
        List<WorkspaceRow> workspaces,
        List<StateRow> states,
        List<String> openLeases,
        List<Judgement> judgements,
        Set<String> overridden,
        Map<String, Integer> waitingInOutbox,
        List<Published> events,
        List<Entry> journal,
        List<PhaseLog> logs) {

    /**
     * @param status as the API says it
     * @param planSha256 of the plan's document, once there is a plan
     * @param waitingFor the API's sentence
     * @param confirmable whether a person can move it
     * @param message why it ended, for one that errored
     */
    record RunRow(
            String id,
            long number,
            String workspace,
            String status,
            boolean finished,
            boolean holdsTurn,
            Optional<String> planSha256,
            Optional<String> waitingFor,
            boolean confirmable,
            String message) {}

    /**
     * @param lockedBy who holds its lock
     * @param servedMd5 of the state that the API serves
     */
    record WorkspaceRow(String id, String name, Optional<String> lockedBy, Optional<String> servedMd5) {}

    /** A finalized state version, in the order of {@code sequence}. */
    record StateRow(String workspace, long sequence, long serial, String lineage, String md5, String run) {}

    /** @param judge {@code policy} or {@code cost} */
    record Judgement(String judge, String run, String planSha256, String verdict) {}

    /**
     * A record of a topic.
     *
     * @param subject the run
     * @param detail what tells it from others of its kind: job, hash and verdict, or status
     */
    record Published(String topic, String id, String type, String subject, String detail) {}

    /** @param phase {@code plan} or {@code apply} */
    record PhaseLog(String run, String phase, String text) {}
}

package io.terrafleet.api.agentpool;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to agents: who they are, and whether they are there. */
@ApplicationScoped
public class Agents {
    /** An agent asks for work at least this often; silent for twice as long, nobody knows where it is. */
    public static final Duration PING_EVERY = Duration.ofSeconds(30);

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);
    private static final int LONGEST_NAME = 250;
    private static final int MOST_COUNTED = 100;

    private final AgentPoolStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Agents(AgentPoolStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Agent register(String poolId, String name, Optional<String> address) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name", "Name must have 1 to " + LONGEST_NAME + " characters, none of control");
        }
        Instant now = clock.instant();
        store.forgetAgents(poolId, now.minus(FORGOTTEN_AFTER));
        AgentEntity agent = new AgentEntity();
        agent.id = Ids.make("agent", random);
        agent.poolId = poolId;
        agent.name = name;
        agent.address = address.orElse(null);
        agent.createdAt = now;
        agent.lastPingAt = now;
        store.add(agent);
        return view(agent, now);
    }

    /** It is there; {@code busy} while it has as much work as it takes. */
    @Transactional
    public Agent ping(String id, boolean busy, Optional<String> address) {
        AgentEntity agent = store.agent(id).filter(row -> !row.exited).orElseThrow(Problem::notFound);
        agent.busy = busy;
        agent.address = address.orElse(agent.address);
        agent.lastPingAt = clock.instant();
        return view(agent, agent.lastPingAt);
    }

    /** It says good-bye, or an administrator says it for one that will not come back. */
    @Transactional
    public void exit(String id) {
        store.agent(id).ifPresent(agent -> agent.exited = true);
    }

    @Transactional
    public Optional<Agent> find(String id) {
        Instant now = clock.instant();
        return store.agent(id).map(agent -> view(agent, now));
    }

    @Transactional
    List<Agent> of(String poolId, Instant since, int offset, int limit) {
        Instant now = clock.instant();
        return store.agents(poolId, since, offset, limit).stream()
                .map(agent -> view(agent, now))
                .toList();
    }

    @Transactional
    long count(String poolId, Instant since) {
        return store.countAgents(poolId, since);
    }

    /** Those that are there now; at most 100. */
    @Transactional
    public List<Agent> connected(String poolId) {
        Instant now = clock.instant();
        return store.agents(poolId, now.minus(PING_EVERY.multipliedBy(2)), 0, MOST_COUNTED).stream()
                .map(agent -> view(agent, now))
                .filter(Agent::connected)
                .toList();
    }

    private static Agent view(AgentEntity agent, Instant now) {
        boolean silent = agent.lastPingAt.isBefore(now.minus(PING_EVERY.multipliedBy(2)));
        String status = agent.exited ? "exited" : silent ? "unknown" : agent.busy ? "busy" : "idle";
        return new Agent(
                agent.id,
                agent.poolId,
                agent.name,
                Optional.ofNullable(agent.address),
                status,
                agent.createdAt,
                agent.lastPingAt);
    }
}

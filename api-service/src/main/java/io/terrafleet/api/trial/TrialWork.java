package io.terrafleet.api.trial;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Connections;
import io.terrafleet.api.ingress.Round;
import io.terrafleet.api.policy.PolicyProposals;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.contracts.event.PolicySetRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Fetches what is proposed: at once after it was told, and again, later and later, while the host does not give it. */
@ApplicationScoped
class TrialWork {
    private static final Logger LOG = Logger.getLogger(TrialWork.class);

    private final Trials trials;
    private final PolicyProposals proposals;
    private final Connections connections;
    private final Round round = new Round("policy-trials", this::beginDue);

    TrialWork(Trials trials, PolicyProposals proposals, Connections connections) {
        this.trials = trials;
        this.proposals = proposals;
        this.connections = connections;
    }

    void told(@Observes(during = TransactionPhase.AFTER_SUCCESS) Trials.Waiting event) {
        round.ask();
    }

    @Scheduled(identity = "policy-trials", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void beginDue() {
        for (String id : trials.due()) {
            trials.take(id)
                    .ifPresent(trial ->
                            Thread.ofVirtual().name("policy-trial-" + id).start(() -> begin(trial)));
        }
    }

    private void begin(Trials.Beginning trial) {
        try {
            Optional<Connection> connection = connections.of(trial.repo());
            if (connection.isEmpty()) {
                trials.refused(trial, "nothing follows the repository with a token that is good", false);
                return;
            }
            PullRequest pull = trial.change().details().pullRequest().orElseThrow();
            String source = connection
                    .get()
                    .host()
                    .headRef(pull.number())
                    .orElse(pull.fork() ? pull.head() : "refs/heads/" + pull.branch());
            PolicySetRef proposed =
                    proposals.proposed(trial.set(), connection.get().remote(), source, pull.head());
            trials.ask(trial, proposed);
        } catch (RepositoryRefused e) {
            trials.refused(trial, e.reason(), e.lasting());
        } catch (Problem e) {
            trials.refused(trial, e.detail().orElse(e.title()), true);
        } catch (RuntimeException e) {
            LOG.warnf(e, "the policy trial %s could not be begun", trial.id());
            trials.refused(trial, "it could not be begun; the server's log says why", false);
        }
    }
}

package io.terrafleet.api.run;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to what people say about a run. At most 1000 to a run, of at most 10,000 characters; never changed. */
@ApplicationScoped
public class RunComments {
    private static final int MOST = 1_000;
    private static final int LONGEST = 10_000;

    private final RunCommentStore store;
    private final Runs runs;
    private final InstantSource clock;
    private final RandomGenerator random;

    RunComments(
            RunCommentStore store,
            Runs runs,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.runs = runs;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param id {@code wsc-} and 16 letters or digits
     * @param event the run's event that tells of it; old comments have none
     */
    public record RunComment(
            String id,
            RunId run,
            String authorId,
            String authorName,
            String body,
            Instant at,
            Optional<String> event) {}

    /** Oldest first. */
    @Transactional
    public List<RunComment> of(RunId run) {
        return store.of(run).stream().map(RunComments::view).toList();
    }

    @Transactional
    public Optional<RunComment> find(String id) {
        return store.find(id).map(RunComments::view);
    }

    /** What an event of a run tells of. */
    @Transactional
    Optional<String> idOfEvent(String event) {
        return store.ofEvent(event).map(comment -> comment.id);
    }

    @Transactional
    public RunComment add(RunId run, Principal who, String body) {
        if (body.length() > LONGEST) {
            throw Problem.invalid("body", "Body may have at most " + LONGEST + " characters");
        }
        if (store.of(run).size() >= MOST) {
            throw Problem.unprocessable("A run may have at most " + MOST + " comments.");
        }
        RunCommentEntity comment = new RunCommentEntity();
        comment.id = Ids.make("wsc", random);
        comment.runId = run.value();
        comment.authorId = who.id();
        comment.authorName = who.name();
        comment.body = body;
        comment.createdAt = clock.instant();
        comment.runEventId = runs.note(run, "commented", who.name(), "");
        store.add(comment);
        return view(comment);
    }

    private static RunComment view(RunCommentEntity comment) {
        return new RunComment(
                comment.id,
                new RunId(comment.runId),
                comment.authorId,
                comment.authorName,
                comment.body,
                comment.createdAt,
                Optional.ofNullable(comment.runEventId));
    }
}

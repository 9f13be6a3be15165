package io.terrafleet.api.policy;

import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.Snapshot;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.policy.PoliciesFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The door to policy sets as somebody proposes them to be: the files of a commit that nothing is judged by yet. */
@ApplicationScoped
public class PolicyProposals {
    private final PolicySets sets;
    private final PolicySetStore store;
    private final Repositories repositories;
    private final Artifacts artifacts;

    PolicyProposals(PolicySets sets, PolicySetStore store, Repositories repositories, Artifacts artifacts) {
        this.sets = sets;
        this.store = store;
        this.repositories = repositories;
        this.artifacts = artifacts;
    }

    /**
     * Sets that follow the branch of a repository, at most 20.
     *
     * @param standard whether it is the default branch, which a set need not name
     */
    @Transactional
    public List<PolicySet> of(String organizationId, String identifier, String branch, boolean standard) {
        return store.ofRepository(organizationId, identifier).stream()
                .filter(row -> row.vcsBranch.equals(branch) || (row.vcsBranch.isEmpty() && standard))
                .map(PolicyRows::view)
                .toList();
    }

    /**
     * The set with the policies of that commit. Call it outside a transaction; its bundle is the caller's to delete. Nobody has looked at these
     * policies: they get no secret parameters, and reach nothing outside.
     *
     * @param source a name of the commit that the host gives
     * @throws RepositoryRefused when it cannot be had
     * @throws Problem with 422 when nothing could be judged by it
     */
    public PolicySetRef proposed(PolicySet set, Remote remote, String source, String commit) throws RepositoryRefused {
        PolicySetSource place = set.source().orElseThrow(Problem::notFound);
        Snapshot snapshot =
                repositories.take(remote, source, place.path(), place.submodules(), PolicySetRepositories.BOUNDS);
        if (!snapshot.commit().equals(commit)) {
            throw Problem.unprocessable("the pull request is not at " + commit + " any more");
        }
        try {
            byte[] archive = snapshot.archive().readAllBytes();
            List<PoliciesFile.Entry> policies = PolicyArchive.read(archive, true);
            ArtifactRef bundle = artifacts.store(archive);
            return sets.proposed(set, bundle, policies, commit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

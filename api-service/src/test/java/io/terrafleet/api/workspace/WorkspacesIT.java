package io.terrafleet.api.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.OrganizationSettings;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door as other rooms of the service use it. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class WorkspacesIT {
    @Inject
    Workspaces workspaces;

    @Inject
    WorkspaceLocks locks;

    @Inject
    WorkspaceTags tags;

    @Inject
    Organizations organizations;

    @Inject
    Users users;

    @Inject
    @Identifier("api")
    RandomGenerator random;

    private Principal owner;
    private Organization organization;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        String name = Ids.make("o", random);
        Users.User user = users.ensure(name, name + "@example.test", false);
        owner = new Principal(user.id(), user.username(), false, Optional.empty());
        organization = organizations.create(owner, OrganizationSettings.of(name, "ops@example.test"));
        workspace = workspaces.create(organization.id(), WorkspaceSettings.named("network"));
    }

    @Test
    void aNewWorkspaceTakesTheDefaults() {
        assertThat(workspace.organizationName()).isEqualTo(organization.name());
        assertThat(workspace.projectName()).isEqualTo("Default Project");
        assertThat(workspace.executionMode()).isEqualTo("remote");
        assertThat(workspace.terraformVersion()).isEqualTo("latest");
        assertThat(workspace.lock()).isEmpty();
        assertThat(workspaces.byName(organization.id(), "network")).contains(workspace);
        assertThat(workspaces.find(workspace.id())).contains(workspace);
    }

    @Test
    void aRunHoldsTheWorkspaceUntilItReleasesIt() {
        RunId run = new RunId(Ids.make("run", random));
        RunId other = new RunId(Ids.make("run", random));

        assertThat(workspaces.holdForRun(workspace.id(), run)).isTrue();
        assertThat(workspaces.holdForRun(workspace.id(), run)).isTrue();
        assertThat(workspaces.holdForRun(workspace.id(), other)).isFalse();
        workspaces.releaseFromRun(workspace.id(), other);
        assertThat(now().lock()).hasValueSatisfying(lock -> assertThat(lock.isOf(Holder.RUN, run.value()))
                .isTrue());

        workspaces.releaseFromRun(workspace.id(), run);
        assertThat(now().lock()).isEmpty();
        assertThat(now().currentRun()).contains(run);
    }

    @Test
    void nobodyTakesTheWorkspaceFromARun() {
        RunId run = new RunId(Ids.make("run", random));
        workspaces.holdForRun(workspace.id(), run);

        assertThatThrownBy(() -> locks.lock(workspace.id(), owner, "mine")).hasMessageContaining("already locked");
        assertThatThrownBy(() -> locks.unlock(workspace.id(), owner)).hasMessageContaining("is locked by Run");
        assertThatThrownBy(() -> locks.forceUnlock(workspace.id())).hasMessageContaining("cannot be forced");
        assertThatThrownBy(() -> workspaces.delete(workspace.id(), false))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
    }

    @Test
    void forUpdateSeesWhatAnotherTransactionDidMeanwhile() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<?> first =
                    threads.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                        workspaces.forUpdate(workspace.id());
                        held.countDown();
                        await(goOn);
                        locks.lock(workspace.id(), owner, "first");
                    }));
            await(held);
            Future<Boolean> second =
                    threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
                        workspaces.find(workspace.id());
                        goOn.countDown();
                        return workspaces.forUpdate(workspace.id()).lock().isPresent();
                    }));
            first.get();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void tagsAreOneThingFlatOrWithValue() {
        tags.add(workspace.id(), List.of("prod", "team"));
        tags.put(workspace.id(), Map.of("team", "network", "cost", "4711"));
        tags.add(workspace.id(), List.of("team"));

        assertThat(now().tags()).containsExactly("cost", "prod", "team");
        assertThat(now().tagBindings()).containsEntry("team", "network").containsEntry("prod", "");

        tags.replace(workspace.id(), Map.of("prod", "yes"));
        assertThat(now().tagBindings()).isEqualTo(Map.of("prod", "yes"));
    }

    @Test
    void anOrganizationWithWorkspacesStays() {
        assertThatThrownBy(() -> organizations.delete(organization.id())).hasMessageContaining("1 workspaces");
        workspaces.delete(workspace.id(), true);
        organizations.delete(organization.id());
        assertThat(organizations.find(organization.id())).isEmpty();
    }

    private Workspace now() {
        return workspaces.find(workspace.id()).orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

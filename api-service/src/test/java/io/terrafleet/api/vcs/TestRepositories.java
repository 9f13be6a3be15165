package io.terrafleet.api.vcs;

import java.time.Duration;
import java.util.Optional;

/** The door for tests of other rooms, to hosts of this machine. */
public final class TestRepositories {
    private TestRepositories() {}

    public static Repositories make() {
        return new Repositories(
                new RepositoriesTest.Settings(Duration.ofSeconds(20), 10_000_000, true, false, Optional.empty()));
    }
}

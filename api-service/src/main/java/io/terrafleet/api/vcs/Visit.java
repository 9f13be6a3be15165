package io.terrafleet.api.vcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Looks at commits of one repository, one look after the other, each within {@link VcsConfig#fetchWithin}. What was fetched for one is there for
 * those that follow, while it is not much.
 */
public final class Visit implements AutoCloseable {
    private final Repositories repositories;
    private final Remote remote;
    private Path directory;

    Visit(Repositories repositories, Remote remote) {
        this.repositories = repositories;
        this.remote = remote;
        this.directory = fresh();
    }

    public <T> T explore(Repositories.Exploring<T> exploring) throws RepositoryRefused {
        if (size() > repositories.mostBytes() / 4) {
            close();
            directory = fresh();
        }
        return repositories.explore(remote, directory, exploring);
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("terrafleet-vcs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile).mapToLong(java.io.File::length).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Repositories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

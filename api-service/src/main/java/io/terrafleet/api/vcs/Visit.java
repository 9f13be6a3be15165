package io.terrafleet.api.vcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Looks at commits of one repository, one look after the other, each within {@link VcsConfig#fetchWithin}. What was fetched for one is there for
 * those that follow. After its end nothing is left on the disk, as soon as a look that took too long has ended too.
 */
public final class Visit implements AutoCloseable {
    private final Repositories repositories;
    private final Remote remote;
    private final Path directory;
    private int looking;
    private boolean over;

    Visit(Repositories repositories, Remote remote) {
        this.repositories = repositories;
        this.remote = remote;
        try {
            this.directory = Files.createTempDirectory("terrafleet-vcs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T explore(Repositories.Exploring<T> exploring) throws RepositoryRefused {
        return repositories.within(remote, budget -> {
            begin();
            try (Shelf shelf = new Shelf(repositories, directory, remote, budget)) {
                return exploring.of(new Commits(shelf.repository(), shelf));
            } finally {
                end();
            }
        });
    }

    /** Whether so much was fetched that the next look is better begun anew, for it not to be refused for what others took. */
    public boolean isLarge() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile).mapToLong(java.io.File::length).sum() > repositories.mostBytes() / 4;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void begin() throws IOException {
        if (over) {
            throw new IOException("nobody waits for it any more");
        }
        looking++;
    }

    private synchronized void end() {
        looking--;
        tidy();
    }

    @Override
    public synchronized void close() {
        over = true;
        tidy();
    }

    private void tidy() {
        if (over && looking == 0) {
            try {
                Repositories.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

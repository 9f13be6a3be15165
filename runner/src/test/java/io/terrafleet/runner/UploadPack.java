package io.terrafleet.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** {@code git upload-pack} of one repository, whatever is asked. */
@SuppressWarnings("NullAway.Init")
final class UploadPack implements Command {
    private final Path repository;
    private InputStream in;
    private OutputStream out;
    private ExitCallback exit;
    private Process process;

    UploadPack(Path repository) {
        this.repository = repository;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        process = new ProcessBuilder("git", "upload-pack", repository.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(() -> copy(in, process.getOutputStream()));
        Thread.ofVirtual().start(() -> {
            copy(process.getInputStream(), out);
            exit.onExit(process.onExit().join().exitValue());
        });
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the other side of the clone has gone", e);
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        process.destroy();
    }
}

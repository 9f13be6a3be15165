package io.terrafleet.testkit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The network between a worker and an API server: forwards bytes, and breaks on order. */
public final class Wire implements AutoCloseable {
    private final int target;
    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable ServerSocket door;
    private final Set<Socket> frozen = new HashSet<>();

    Wire(int target) throws IOException {
        this.target = target;
        ServerSocket first = open(0);
        this.port = first.getLocalPort();
    }

    int port() {
        return port;
    }

    private synchronized ServerSocket open(int wanted) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        door = opened;
        Thread.ofVirtual().start(() -> accept(opened));
        return opened;
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket near = opened.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                keep(near);
                keep(far);
                Thread.ofVirtual().start(() -> copy(near, far, false));
                Thread.ofVirtual().start(() -> copy(far, near, true));
            } catch (IOException closed) {
                // the door was closed, or the server is away: whoever connected sees that
            }
        }
    }

    private synchronized void keep(Socket socket) {
        sockets.add(socket);
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean dropped = answers && isFrozen(from);
                if (!dropped) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException cut) {
            // both ends are closed, which is what a cut wire looks like
        }
    }

    private synchronized boolean isFrozen(Socket socket) {
        return frozen.contains(socket);
    }

    /** All connections break; new ones are welcome. */
    public synchronized void cut() {
        frozen.clear();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        sockets.clear();
    }

    /** What is connected now stays connected and brings no answer any more; new connections work. */
    public synchronized void freeze() {
        frozen.addAll(sockets);
    }

    /** Nobody can connect any more. */
    public synchronized void away() throws IOException {
        if (door != null) {
            door.close();
            door = null;
        }
        cut();
    }

    public void back() throws IOException {
        open(port);
    }

    @Override
    public void close() throws IOException {
        away();
    }
}

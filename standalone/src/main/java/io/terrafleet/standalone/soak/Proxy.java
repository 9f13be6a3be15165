package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries bytes between two processes of this machine, and can be a bad network: slow, cut, or silent so that neither side hears
 * that the other is gone.
 */
final class Proxy implements AutoCloseable {
    /** What becomes of bytes. */
    enum Mode {
        PASS,
        /** Each piece comes late. */
        SLOW,
        /** Every connection ends, and new ones end at once. */
        CUT,
        /** Connections stand and nothing arrives; when that is over they end. */
        SILENT
    }

    private static final int PIECE = 16_384;
    private static final int SILENCE_MILLIS = 50;

    private record Pair(Socket client, Socket server) {
        void end() {
            close(client);
            close(server);
        }
    }

    private final ServerSocket listening;
    private volatile int target;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;
    private volatile int lateMillis;

    private Proxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** @param port where it listens, on this machine only */
    static Proxy open(int port, int target) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Proxy proxy = new Proxy(listening, target);
            Thread.ofVirtual().name("proxy-" + target).start(proxy::listen);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on", e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** New connections go to another port from now on; those that stand stay where they are. */
    void lead(int port) {
        target = port;
    }

    /** @param millis how late each piece is; counts for {@link Mode#SLOW} only */
    void turn(Mode to, int millis) {
        Mode before = mode;
        lateMillis = millis;
        mode = to;
        if (to == Mode.CUT || (before == Mode.SILENT && to != Mode.SILENT)) {
            endAll();
        }
    }

    void endAll() {
        pairs.forEach(Pair::end);
    }

    @Override
    public void close() {
        mode = Mode.CUT;
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            endAll();
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private void serve(Socket client) {
        if (mode == Mode.CUT) {
            close(client);
            return;
        }
        Socket server = new Socket();
        Pair pair = new Pair(client, server);
        pairs.add(pair);
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> carry(server, client, pair));
            carry(client, server, pair);
            back.join();
        } catch (IOException e) {
            // Nobody listens there now; the client sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pair.end();
            pairs.remove(pair);
        }
    }

    private void carry(Socket from, Socket to, Pair pair) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                holdBack();
                if (mode == Mode.CUT) {
                    break;
                }
                out.write(piece, 0, length);
            }
        } catch (IOException e) {
            // One side is gone; so is the other, then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pair.end();
        }
    }

    private void holdBack() throws InterruptedException {
        while (mode == Mode.SILENT) {
            Thread.sleep(SILENCE_MILLIS);
        }
        if (mode == Mode.SLOW) {
            Thread.sleep(lateMillis);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}

package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that asks and reads, over and over, and does nothing else: a client that shares two processors with the server must not
 * take them away from it.
 */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    Wire(URI platform) {
        try {
            socket = new Socket(platform.getHost(), platform.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 32_768);
        } catch (IOException e) {
            throw new PlatformUnusable("no connection to " + platform + ": " + e.getMessage(), e);
        }
        host = platform.getAuthority();
    }

    /**
     * @param path with query, percent-encoded
     * @return the body's length in bytes
     * @throws PlatformUnusable for any answer but 200
     */
    int get(String path, String token) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/vnd.api+json\r\n\r\n";
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            header.substring("content-length:".length()).trim());
                }
            }
            byte[] body = length < 0 ? chunks() : in.readNBytes(length);
            if (!status.contains(" 200 ")) {
                throw new PlatformUnusable(
                        "GET " + path + " was answered " + status + ": " + new String(body, StandardCharsets.UTF_8));
            }
            return body.length;
        } catch (IOException e) {
            throw new PlatformUnusable("GET " + path + " got no answer: " + e.getMessage(), e);
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new PlatformUnusable("a connection does not close: " + e.getMessage(), e);
        }
    }
}

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
import java.util.Map;

/**
 * One connection that asks and reads, over and over, and does nothing else: a client that shares two processors with the server must not
 * take them away from it.
 */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private byte[] answered = new byte[0];

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
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/vnd.api+json\r\n\r\n";
        int status = asked("GET " + path, head, new byte[0]);
        if (status != 200) {
            throw new PlatformUnusable(
                    "GET " + path + " was answered " + status + ": " + new String(answered, StandardCharsets.UTF_8));
        }
        return answered.length;
    }

    /**
     * @param headers by name, besides those of the body
     * @return the status, whatever it is
     */
    int post(String path, Map<String, String> headers, byte[] json) {
        return post(path, headers, "application/json", json);
    }

    /** @return the status, whatever it is; what came with it is in {@link #answered()} */
    int post(String path, Map<String, String> headers, String type, byte[] content) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: ")
                .append(type)
                .append("\r\nContent-Length: ")
                .append(content.length)
                .append("\r\n\r\n");
        return asked("POST " + path, head.toString(), content);
    }

    /**
     * Where the address alone is asked for, as of a log.
     *
     * @param path with query
     * @return the body
     * @throws PlatformUnusable for any answer but 200
     */
    byte[] read(String path) {
        int status = asked(
                "GET of a signed address", "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n", new byte[0]);
        if (status != 200) {
            throw new PlatformUnusable("a signed address was answered " + status);
        }
        return answered;
    }

    /** The body of the last answer. */
    byte[] answered() {
        return answered;
    }

    /** @return the status; what came with it is in {@link #answered} */
    private int asked(String what, String head, byte[] content) {
        try {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.US_ASCII));
            request.write(content);
            request.writeTo(socket.getOutputStream());
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            header.substring("content-length:".length()).trim());
                }
            }
            answered = length < 0 ? chunks() : in.readNBytes(length);
            return Integer.parseInt(status.substring(9, 12));
        } catch (IOException e) {
            throw new PlatformUnusable(what + " got no answer: " + e.getMessage(), e);
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

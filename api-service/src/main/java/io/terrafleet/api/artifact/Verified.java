package io.terrafleet.api.artifact;

import io.terrafleet.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plain content of an artifact, compared with what its row says of it. Whatever is wrong is told with the artifact and its place. */
final class Verified extends InputStream {
    private final InputStream plain;
    private final ArtifactRef artifact;
    private final String place;
    private final MessageDigest sha256;
    private long size;
    private boolean ended;

    /** @param place where the content lies, for people */
    Verified(InputStream plain, ArtifactRef artifact, String place, MessageDigest sha256) {
        this.plain = plain;
        this.artifact = artifact;
        this.place = place;
        this.sha256 = sha256;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0 || ended) {
            return length == 0 ? 0 : -1;
        }
        int read;
        try {
            read = plain.read(into, offset, length);
        } catch (IOException e) {
            throw altered(e.getMessage(), e);
        }
        if (read > 0) {
            size += read;
            sha256.update(into, offset, read);
        } else {
            end();
        }
        return read;
    }

    private void end() throws IOException {
        ended = true;
        String found = HexFormat.of().formatHex(sha256.digest());
        if (size != artifact.size() || !found.equals(artifact.sha256())) {
            throw altered(
                    "it has " + size + " bytes with SHA-256 " + found + " and should have " + artifact.size() + " with "
                            + artifact.sha256(),
                    null);
        }
    }

    private IOException altered(@Nullable String why, @Nullable Exception cause) {
        return new IOException(
                "the artifact " + artifact.id() + " is not as it was stored (" + place + "): " + why, cause);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}

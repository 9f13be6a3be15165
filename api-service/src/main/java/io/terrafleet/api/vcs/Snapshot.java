package io.terrafleet.api.vcs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The files of one commit, in the same form as an upload: a tar.gz. */
public final class Snapshot {
    private final String commit;
    private final byte[] archive;

    Snapshot(String commit, byte[] archive) {
        this.commit = commit;
        this.archive = archive;
    }

    /** 40 hexadecimal digits. */
    public String commit() {
        return commit;
    }

    public InputStream archive() {
        return new ByteArrayInputStream(archive);
    }
}

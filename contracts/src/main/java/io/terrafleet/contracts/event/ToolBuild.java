package io.terrafleet.contracts.event;

import java.net.URI;

/**
 * Where a worker gets a version that an administrator brings, for one kind of machine.
 *
 * @param os for example {@code linux}, as Go names it
 * @param arch for example {@code amd64}, as Go names it
 * @param url http(s) address of a zip that holds the binary under the engine's name
 * @param sha256 of the zip, 64 lower-case hexadecimal digits
 */
public record ToolBuild(String os, String arch, URI url, String sha256) {
    /** As releases name it, {@code linux_amd64}. */
    public String platform() {
        return os + "_" + arch;
    }
}

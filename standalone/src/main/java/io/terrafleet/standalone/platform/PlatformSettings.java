package io.terrafleet.standalone.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a start may be told.
 *
 * @param root the project's directory, where the build left the runner
 * @param data where everything lasting lives
 * @param host the address to listen on; {@code 127.0.0.1} keeps it on this machine
 * @param port of the pages and the API, 0 for any that is free
 * @param reach how people and clients get there
 * @param consoleLog whether warnings go to the console too, besides the log file
 * @param extra configuration keys beyond those that every start decides
 * @param adminToken of the site administrator; absent: made at the first start on the data
 */
public record PlatformSettings(
        Path root,
        Path data,
        String host,
        int port,
        Reach reach,
        boolean consoleLog,
        Map<String, String> extra,
        Optional<String> adminToken) {}

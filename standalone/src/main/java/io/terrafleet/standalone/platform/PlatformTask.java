package io.terrafleet.standalone.platform;

/** What is done with a platform while it runs; it stops when this returns. */
@FunctionalInterface
public interface PlatformTask {
    /** @return the exit code of the process */
    int with(RunningPlatform platform) throws Exception;
}

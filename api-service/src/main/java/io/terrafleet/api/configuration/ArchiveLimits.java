package io.terrafleet.api.configuration;

/**
 * @param unpackedBytes of the whole archive, headers included
 * @param entries files, directories and links
 * @param pathLength characters of one path
 */
public record ArchiveLimits(long unpackedBytes, int entries, int pathLength) {}

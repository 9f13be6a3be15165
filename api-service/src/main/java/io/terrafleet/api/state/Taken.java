package io.terrafleet.api.state;

import io.terrafleet.contracts.ArtifactRef;

/** A raw state that was read to its end and understood, and lies in the artifacts. No row speaks of it yet. */
record Taken(ArtifactRef artifact, String md5, StateFile file) {}

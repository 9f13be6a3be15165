/** Large things by reference, fetched from the api and held to their size and hash. */
@NullMarked
package io.terrafleet.policy.artifact;

import org.jspecify.annotations.NullMarked;

/**
 * Looks at an installation in a Kubernetes cluster from outside, by its API and by {@code kubectl}: whether it keeps its promises
 * ({@code test --cluster}) and how long it takes ({@code bench cluster}).
 */
@NullMarked
package io.terrafleet.standalone.cluster;

import org.jspecify.annotations.NullMarked;

/** Runs jobs as pods of a Kubernetes cluster: one Job per phase, what goes wrong with it told, nothing forgotten. */
@NullMarked
package io.terrafleet.worker.pod;

import org.jspecify.annotations.NullMarked;

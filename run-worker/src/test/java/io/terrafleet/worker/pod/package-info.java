/** The pod executor against an API server in memory with a Job controller and a kubelet that misbehave on order. */
@NullMarked
package io.terrafleet.worker.pod;

import org.jspecify.annotations.NullMarked;

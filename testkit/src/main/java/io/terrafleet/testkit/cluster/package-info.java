/** A Kubernetes cluster in memory: the API server, a Job controller that misbehaves on order, a kubelet that runs pods as processes. */
@NullMarked
package io.terrafleet.testkit.cluster;

import org.jspecify.annotations.NullMarked;

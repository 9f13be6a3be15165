/** What looks at a cluster, without one. */
@NullMarked
package io.terrafleet.standalone.cluster;

import org.jspecify.annotations.NullMarked;

/** Organizations, the projects in them and who belongs: the frame in which everything else is owned. */
@NullMarked
package io.terrafleet.api.organization;

import org.jspecify.annotations.NullMarked;

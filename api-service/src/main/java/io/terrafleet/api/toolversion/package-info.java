/** Which versions of terraform and OpenTofu an administrator lists, and what of them may run. */
@NullMarked
package io.terrafleet.api.toolversion;

import org.jspecify.annotations.NullMarked;

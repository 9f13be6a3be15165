/** What a workspace gives its runs: terraform's input variables and the process's environment, values sealed at rest. */
@NullMarked
package io.terrafleet.api.variable;

import org.jspecify.annotations.NullMarked;

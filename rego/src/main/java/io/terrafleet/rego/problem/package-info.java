/** Where and why a policy was refused or failed: positions, coded errors and the one exception that carries them. */
@NullMarked
package io.terrafleet.rego.problem;

import org.jspecify.annotations.NullMarked;
